import { Anchor, Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { isRunning, type MailboxState, useMailboxStates } from '../ipc/use-mailbox-states.ts';
import { useQuery } from '../ipc/use-query.ts';
import { MailboxTrouble } from '../mailbox/mailbox-trouble.tsx';
import { useConditionFacts } from '../mailbox/use-condition-facts.ts';
import { useLoadNow } from '../mailbox/use-load-now.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { HealthBadge } from '../ui/health-badge.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PlaintextMark } from '../ui/plaintext-mark.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { DatesCard } from './dates-card.tsx';
import { LastReport } from './last-report.tsx';
import { LogCard } from './log-card.tsx';
import { MailboxFolders } from './mailbox-folders.tsx';
import { MailboxForm } from './mailbox-form.tsx';
import { MailboxMenu } from './mailbox-menu.tsx';
import { SwitchCard } from './switch/switch-card.tsx';

export function MailboxScreen() {
  const { mailboxId } = useParams({ from: '/mailboxes/$mailboxId' });
  const { states, error } = useMailboxStates();
  const state = states?.find(({ mailbox }) => mailbox.id === mailboxId);
  // Asked only for a mailbox that is not in the list: it is gone, and the answer says so in words.
  const missing = useQuery(
    'mailboxes.get',
    { mailboxId: mailboxId as MailboxId },
    { enabled: states !== undefined && !state },
  );
  const problem = error ?? missing.error;
  return (
    <Page>
      {problem && <ErrorNotice error={problem} />}
      {!states && !problem && <RowSkeletons rows={10} />}
      {state && <MailboxPage key={state.mailbox.id} state={state} />}
    </Page>
  );
}

function MailboxPage({ state }: { readonly state: MailboxState }) {
  const t = useText();
  const navigate = useNavigate();
  const { loadNow } = useLoadNow();
  const facts = useConditionFacts(state);
  const { mailbox, condition } = state;
  const { name, address } = mailbox.settings;
  const loads = isReceiving(mailbox);
  return (
    <>
      <Anchor component={Link} to="/mailboxes" fz={13}>
        {t('mailboxPage.back')}
      </Anchor>
      <PageHeader
        title={name}
        lead={[...(name === address ? [] : [address]), ...facts].join(' · ')}
        aside={
          <>
            <HealthBadge condition={condition} />
            <PlaintextMark settings={mailbox.settings} />
          </>
        }
      >
        {loads && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            disabled={!mailbox.enabled || isRunning(state)}
            onClick={() => loadNow(mailbox.id)}
          >
            {t('mailbox.action.load')}
          </Button>
        )}
        <MailboxMenu state={state} withOpen={false} onRemoved={() => void navigate({ to: '/mailboxes' })} />
      </PageHeader>
      {condition.why && (
        <div style={{ marginBottom: 24 }}>
          <MailboxTrouble state={state} onOwnPage />
        </div>
      )}
      <MailboxForm mailbox={mailbox} />
      {loads && <MailboxFolders mailbox={mailbox} />}
      <DatesCard mailbox={mailbox} />
      <SwitchCard mailbox={mailbox} />
      {loads && <LastReport mailbox={mailbox} />}
      <LogCard mailbox={mailbox} />
    </>
  );
}
