import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { isReceiving, mainServerOf } from '../../../src-shared/domain/mailbox-directions.ts';
import type { MailboxSwitch } from '../../../src-shared/domain/mailbox-switch.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { connectionWords } from './connection-words.ts';
import { useSwitches } from './use-switches.ts';

/** The way to another protocol or sign-in, and the way back. */
export function SwitchCard({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const { prepared, former, error, isPending } = useSwitches(mailbox);
  return (
    <Card title={t('switch.title')}>
      {error && <ErrorNotice error={error} />}
      {isPending && <RowSkeletons rows={1} height={40} />}
      {!isPending && !error && (
        <Stack gap="md">
          {former && <WayBack mailbox={mailbox} former={former} />}
          <Text fz={13} c="dimmed">
            {prepared
              ? t('switch.preparedLine', { connection: connectionWords(t, prepared.connection) })
              : t('switch.none')}
          </Text>
          <div>
            <Button component={Link} to={`/mailboxes/${mailbox.id}/switch`} variant="default">
              {t(prepared ? 'switch.continue' : 'switch.prepare')}
            </Button>
          </div>
        </Stack>
      )}
    </Card>
  );
}

function WayBack({ mailbox, former }: { readonly mailbox: Mailbox; readonly former: MailboxSwitch }) {
  const t = useText();
  const format = useFormats();
  const [asking, ask] = useDisclosure(false);
  const connection = connectionWords(t, former.connection);
  const back = useAction('switches.back', {
    onSuccess: ({ settings }) => {
      ask.close();
      notifications.show({ message: t('switch.went', { name: settings.name, host: mainServerOf(settings).host }) });
    },
  });
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <Text fz={13} maw="64ch">
        {t('switch.formerLine', { connection, until: format.calendarDay(former.keepUntil ?? 0) })}
      </Text>
      <Button variant="default" onClick={ask.open}>
        {t('switch.goBack')}
      </Button>
      <Confirm
        opened={asking}
        title={t('switch.backTitle')}
        text={t(isReceiving(mailbox) ? 'switch.backText' : 'switch.backSends', { connection })}
        verb={t('switch.backVerb')}
        pending={back.pending}
        error={back.error}
        onConfirm={() => back.run({ mailboxId: mailbox.id, confirmed: true })}
        onCancel={ask.close}
      />
    </Group>
  );
}
