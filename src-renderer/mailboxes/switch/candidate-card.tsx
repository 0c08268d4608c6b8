import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { isExchangeOnline } from '../../../src-shared/domain/exchange.ts';
import type { Mailbox, MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import { connectionOf, type MailboxSwitch, withConnection } from '../../../src-shared/domain/mailbox-switch.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { newRegistration } from '../../mailbox/typed-registration.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ConnectionSection } from '../connection-section.tsx';
import { type FormProblems, problemsOf, problemsOfOwnSignIn } from '../mailbox-form-problems.ts';
import { same } from '../typed-settings.ts';
import { draftOf, type TypedMailbox } from '../use-typed-mailbox.ts';
import { outgoingBeside, toGraph } from '../with-protocol.ts';
import { connectionWords } from './connection-words.ts';

export interface CandidateCardProps {
  readonly mailbox: Mailbox;
  readonly prepared: MailboxSwitch | null;
}

/** What to switch to: typed and signed in here, or said in one line when it is prepared. */
export function CandidateCard({ mailbox, prepared }: CandidateCardProps) {
  const t = useText();
  const [typing, setTyping] = useState(prepared === null);
  const drop = useAction('switches.drop');
  const now = t('switch.now', { connection: connectionWords(t, mailbox.settings) });
  if (typing) return <CandidateForm mailbox={mailbox} prepared={prepared} now={now} onDone={() => setTyping(false)} />;
  return (
    <Card title={t('switch.step.connection')}>
      <Stack gap="sm">
        <Text fz={13}>{now}</Text>
        {prepared && (
          <Text fz={13} fw={500}>
            {t('switch.then', { connection: connectionWords(t, prepared.connection) })}
          </Text>
        )}
        {drop.error && <ErrorNotice error={drop.error} />}
        <Group gap="sm">
          <Button variant="default" onClick={() => setTyping(true)}>
            {t('switch.change')}
          </Button>
          <Button variant="subtle" loading={drop.pending} onClick={() => drop.run({ mailboxId: mailbox.id })}>
            {t('switch.drop')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

interface CandidateFormProps extends CandidateCardProps {
  readonly now: string;
  readonly onDone: () => void;
}

function CandidateForm({ mailbox, prepared, now, onDone }: CandidateFormProps) {
  const t = useText();
  const [typed, setTyped] = useState<TypedMailbox>({
    settings: prepared ? withConnection(mailbox.settings, prepared.connection) : proposalFor(mailbox.settings),
    password: '',
    outgoingPassword: '',
    providerSignIn: { clientSecret: '', secretOf: null, signedIn: null },
  });
  const [tried, setTried] = useState(false);
  const prepare = useAction('switches.prepare', { onSuccess: onDone });
  const problems: FormProblems = { ...problemsOf(typed.settings), ...problemsOfOwnSignIn(typed, mailbox.settings) };
  const unchanged =
    same(connectionOf(typed.settings), connectionOf(mailbox.settings)) &&
    typed.password + typed.outgoingPassword === '';
  const submit = () => {
    setTried(true);
    if (Object.keys(problems).length === 0 && !unchanged) prepare.run({ draft: draftOf(mailbox, typed) });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Text fz={13} c="dimmed" mb={8}>
        {now}
      </Text>
      <ConnectionSection
        mailbox={mailbox}
        typed={typed}
        onChange={setTyped}
        problems={tried && !unchanged ? problems : {}}
        beside
        title={t('switch.step.connection')}
      />
      {tried && unchanged && (
        <Text fz={13} c="var(--mr-bad)" role="alert" mb="md">
          {t('switch.same')}
        </Text>
      )}
      {prepare.error && <ErrorNotice error={prepare.error} />}
      {/* At the far end, where no notice lies over it. */}
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={prepare.pending}>
          {t('switch.save')}
        </Button>
      </Group>
    </form>
  );
}

/** In Exchange Online there is one place to go; elsewhere a person knows better. */
function proposalFor(settings: MailboxSettings): MailboxSettings {
  const { incoming, outgoing } = settings;
  if (incoming?.protocol !== 'ews' || !isExchangeOnline(incoming.host)) return settings;
  const graph = toGraph(incoming);
  return {
    ...settings,
    incoming: graph,
    outgoing: outgoingBeside(graph, outgoing),
    oauth: settings.oauth ?? newRegistration('microsoft').oauth,
  };
}
