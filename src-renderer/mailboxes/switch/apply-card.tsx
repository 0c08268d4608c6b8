import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { type Mailbox, touchesServer } from '../../../src-shared/domain/mailbox.ts';
import { mainServerOf, receives } from '../../../src-shared/domain/mailbox-directions.ts';
import {
  type FolderTrial,
  isCompared,
  isStrange,
  type MailboxSwitch,
  withConnection,
} from '../../../src-shared/domain/mailbox-switch.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { connectionWords } from './connection-words.ts';
import { isShort } from './trial-table.tsx';

export interface ApplyCardProps {
  readonly mailbox: Mailbox;
  readonly prepared: MailboxSwitch;
}

/** What will happen, what was found, and the one button. */
export function ApplyCard({ mailbox, prepared }: ApplyCardProps) {
  const t = useText();
  const navigate = useNavigate();
  const [asking, ask] = useDisclosure(false);
  const { id: mailboxId, settings } = mailbox;
  const folders = prepared.trial?.folders ?? [];
  const loads = receives(withConnection(settings, prepared.connection));
  const apply = useAction('switches.apply', {
    onSuccess: (switched) => {
      ask.close();
      const { name } = switched.settings;
      notifications.show({ message: t('switch.applied', { name, host: mainServerOf(switched.settings).host }) });
      void navigate({ to: '/mailboxes/$mailboxId', params: { mailboxId } });
    },
  });
  return (
    <Card title={t('switch.step.apply')}>
      <Stack gap="md">
        <Findings folders={folders} loads={loads} />
        <Text fz={13} maw="72ch">
          {t(loads ? 'switch.applyLead' : 'switch.applySends')}
        </Text>
        <div>
          <Button onClick={ask.open}>{t('switch.apply')}</Button>
        </div>
      </Stack>
      <Confirm
        opened={asking}
        title={t('switch.applyTitle', { name: settings.name })}
        text={t('switch.applyText', { connection: connectionWords(t, prepared.connection) })}
        verb={t('switch.applyVerb')}
        pending={apply.pending}
        error={apply.error}
        onConfirm={() => apply.run({ mailboxId, confirmed: true })}
        onCancel={ask.close}
      >
        <Stack gap="sm">
          <Findings folders={folders} loads={loads} />
          {touchesServer(settings) && <Text fz={13}>{t('switch.applyTouches')}</Text>}
        </Stack>
      </Confirm>
    </Card>
  );
}

/** What a person should know before: folders of which nothing is known, that are not there, and those in which there is less. */
function Findings({ folders, loads }: { readonly folders: readonly FolderTrial[]; readonly loads: boolean }) {
  const t = useText();
  const missing = folders.filter(({ pathThere }) => pathThere === null);
  const fewer = folders.filter((folder) => folder.pathThere !== null && isShort(folder));
  const strange = folders.filter(isStrange);
  if (missing.length + fewer.length + strange.length === 0)
    return <Text fz={13}>{t(agreementWords(folders, loads))}</Text>;
  return (
    <>
      {strange.length > 0 && (
        <Text fz={13} fw={500} c="var(--mr-bad)">
          {t('switch.strange', { folders: strange.map(({ path }) => path).join(', ') })}
        </Text>
      )}
      {missing.length > 0 && (
        <Text fz={13} c="var(--mr-late)">
          {t('switch.notShown', { count: missing.length })}
        </Text>
      )}
      {fewer.length > 0 && (
        <Text fz={13} c="var(--mr-late)">
          {t('switch.fewer', { folders: fewer.map(({ path }) => path).join(', ') })}
        </Text>
      )}
    </>
  );
}

function agreementWords(folders: readonly FolderTrial[], loads: boolean) {
  if (!loads) return 'switch.takesSignIn';
  return folders.some(isCompared) ? 'switch.agrees' : 'switch.nothingSeen';
}
