import { Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { isReceiving } from '../../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useQuery } from '../../ipc/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { ApplyCard } from './apply-card.tsx';
import { CandidateCard } from './candidate-card.tsx';
import { TrialCard } from './trial-card.tsx';
import { useSwitches } from './use-switches.ts';

/** From a connection that ends to another one, step by step; until the last the mailbox goes on as it is. */
export function SwitchScreen() {
  const { mailboxId } = useParams({ from: '/mailboxes/$mailboxId/switch' });
  const mailboxes = useQuery('mailboxes.list');
  const mailbox = mailboxes.data?.find(({ id }) => id === mailboxId);
  return (
    <Page>
      {mailboxes.error && <ErrorNotice error={mailboxes.error} />}
      {mailboxes.isPending && <RowSkeletons rows={8} />}
      {mailboxes.data && !mailbox && <ErrorNotice error={{ code: 'mailbox.unknown', params: {} }} />}
      {mailbox && <Steps key={mailbox.id} mailbox={mailbox} />}
    </Page>
  );
}

function Steps({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const { prepared, error, isPending } = useSwitches(mailbox);
  const lead = t(isReceiving(mailbox) ? 'switch.lead' : 'switch.leadSends');
  return (
    <>
      <Anchor component={Link} to={`/mailboxes/${mailbox.id}`} fz={13}>
        {t('switch.toMailbox')}
      </Anchor>
      <PageHeader title={t('switch.heading', { name: mailbox.settings.name })} lead={lead} />
      {error && <ErrorNotice error={error} />}
      {isPending && <RowSkeletons rows={6} />}
      {!isPending && !error && (
        <>
          <CandidateCard key={`candidate ${prepared?.preparedAt}`} mailbox={mailbox} prepared={prepared} />
          {prepared && <TrialCard key={`trial ${prepared.preparedAt}`} mailbox={mailbox} prepared={prepared} />}
          {prepared?.trial && <ApplyCard mailbox={mailbox} prepared={prepared} />}
        </>
      )}
    </>
  );
}
