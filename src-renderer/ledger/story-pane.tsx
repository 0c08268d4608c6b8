import { Button, Title, UnstyledButton } from '@mantine/core';
import { IconBook2, IconMail, IconTicket } from '@tabler/icons-react';
import type { LedgerEntryId, MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { AttachReason } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { entryNames } from './entry-names.ts';
import { LedgerStatusBadge } from './ledger-status.tsx';
import classes from './story-pane.module.css';
import { StoryStepLine } from './story-step.tsx';
import { storySteps } from './story-steps.ts';

export interface StoryPaneProps {
  readonly entryId: LedgerEntryId | null;
  /** There is nothing to pick from. */
  readonly nothing?: boolean;
  readonly onPick: (id: LedgerEntryId) => void;
  readonly onMail: (id: MessageId) => void;
  readonly onTicket: (id: TicketId) => void;
}

/** The whole life of one letter: where it is, how it came there, what is to come. */
export function StoryPane(props: StoryPaneProps) {
  const { entryId, nothing } = props;
  const t = useText();
  if (entryId === null && nothing) return null;
  if (entryId === null) return <EmptyState icon={IconBook2} text={t('ledger.pick')} />;
  return <Story key={entryId} {...props} entryId={entryId} />;
}

function Story({ entryId, ...rest }: StoryPaneProps & { readonly entryId: LedgerEntryId }) {
  const t = useText();
  const story = useQuery('ledger.story', { entryId });
  if (story.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={story.error} action={{ label: t('action.retry'), run: () => void story.refetch() }} />
      </div>
    );
  }
  if (!story.data) return <RowSkeletons rows={8} height={48} />;
  const { entry, elsewhere } = story.data;
  return (
    <article className={classes.story} aria-label={t('story.title')}>
      <StoryHead entry={entry} {...rest} />
      <Steps entry={entry} />
      {elsewhere.length > 0 && <Elsewhere entries={elsewhere} onPick={rest.onPick} />}
    </article>
  );
}

interface StoryHeadProps extends Pick<StoryPaneProps, 'onMail' | 'onTicket'> {
  readonly entry: LedgerEntry;
}

function StoryHead({ entry, onMail, onTicket }: StoryHeadProps) {
  const t = useText();
  const { data: mailboxes } = useQuery('mailboxes.list');
  const { messageId, ticketId, messageIdHeader, from, mailboxId } = entry;
  const { who, what } = entryNames(entry, t);
  const named = entry.parsedAt !== null || from !== null || entry.subject !== '';
  const mailbox = mailboxes?.find(({ id }) => id === mailboxId)?.settings.name;
  return (
    <header className={classes.head}>
      <LedgerStatusBadge entry={entry} />
      <Title order={2} className={classes.subject} data-selectable>
        {named ? what : who}
      </Title>
      <div className={classes.facts} data-selectable>
        {named ? <Sender who={who} address={from?.address ?? ''} /> : what}
        {mailbox && <div>{mailbox}</div>}
        {messageIdHeader !== '' && (
          <div className={classes.messageId}>
            <span title={messageIdHeader}>{messageIdHeader}</span>
            <CopyButton value={messageIdHeader} />
          </div>
        )}
      </div>
      {(messageId ?? ticketId) !== null && (
        <div className={classes.actions}>
          {messageId !== null && (
            <Button
              variant="default"
              leftSection={<IconMail size={16} aria-hidden />}
              onClick={() => onMail(messageId)}
            >
              {t('story.openMail')}
            </Button>
          )}
          {ticketId !== null && (
            <Button
              variant="light"
              leftSection={<IconTicket size={16} aria-hidden />}
              onClick={() => onTicket(ticketId)}
            >
              {t('story.openTicket', { id: ticketId })}
            </Button>
          )}
        </div>
      )}
    </header>
  );
}

function Sender({ who, address }: { readonly who: string; readonly address: string }) {
  return (
    <div>
      <span className={classes.who}>{who}</span> {address !== who && address}
    </div>
  );
}

function Steps({ entry }: { readonly entry: LedgerEntry }) {
  const t = useText();
  const { longDate, timeAgo, byteSize } = useFormats();
  const reason = useAttachReason(entry);
  return (
    <ol className={classes.steps} aria-label={t('story.steps')}>
      {storySteps(entry, reason, { t, longDate, timeAgo, byteSize }).map((step) => (
        <StoryStepLine key={step.name} step={step} entry={entry} />
      ))}
    </ol>
  );
}

/** Which sign put the letter into its ticket: the ticket knows. */
function useAttachReason({ ticketId, messageId }: LedgerEntry): AttachReason | null {
  const ticket = useQuery('tickets.get', { ticketId: ticketId ?? (1 as TicketId) }, { enabled: ticketId !== null });
  const letter = ticket.data?.entries.find((one) => one.kind === 'letter' && one.messageId === messageId);
  return letter?.kind === 'letter' ? letter.reason : null;
}

interface ElsewhereProps {
  readonly entries: readonly LedgerEntry[];
  readonly onPick: (id: LedgerEntryId) => void;
}

function Elsewhere({ entries, onPick }: ElsewhereProps) {
  const t = useText();
  const format = useFormats();
  const { data: mailboxes } = useQuery('mailboxes.list');
  return (
    <section className={classes.elsewhere} aria-labelledby="story-elsewhere">
      <Title order={3} id="story-elsewhere" className={classes.elsewhereTitle}>
        {t('story.elsewhere')}
      </Title>
      <ul className={classes.places}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <UnstyledButton className={classes.place} onClick={() => onPick(entry.id)}>
              <span className={classes.placeWords}>
                <span>{t('story.place', { folder: entry.folderPath, uid: entry.uid })}</span>
                <span className={classes.time}>
                  {[
                    mailboxes?.find(({ id }) => id === entry.mailboxId)?.settings.name,
                    entry.leftAt === null ? format.shortDate(entry.seenAt) : t('story.elsewhere.gone'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <LedgerStatusBadge entry={entry} plain />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
