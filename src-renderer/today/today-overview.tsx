import { Stack } from '@mantine/core';
import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { concernOf, isTroubled, mailboxHealths } from '../../src-shared/domain/mailbox-health.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { isWorthWatching, type MailboxState } from '../ipc/use-mailbox-states.ts';
import { Card } from '../ui/card.tsx';
import { HealthBadge } from '../ui/health-badge.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PlaintextMark } from '../ui/plaintext-mark.tsx';
import { ProgressLine } from '../ui/progress-line.tsx';
import { RowLink } from '../ui/row-link.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { AllLink } from './all-link.tsx';
import { LatestLetters, LatestTickets } from './latest.tsx';
import { NeedsYou } from './needs-you.tsx';
import classes from './today.module.css';

/** Troubled ones are always shown; so many of the others, the rest is a click away. */
const shownMailboxes = 8;

export function TodayOverview({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  const troubled = states.filter(({ condition }) => isTroubled(condition)).length;
  return (
    <Page>
      <PageHeader
        title={t('today.title')}
        lead={troubled === 0 ? t('today.allWell') : t('today.notWell', { count: troubled })}
      />
      <NeedsYou states={states} />
      <Running states={states} />
      <Mailboxes states={states} />
      <div className={classes.columns}>
        <LatestTickets />
        <LatestLetters />
      </div>
    </Page>
  );
}

function Running({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  const cancel = useAction('loading.cancel');
  const running = states.filter(isWorthWatching);
  if (running.length === 0) return null;
  return (
    <Card title={t('today.running')}>
      <Stack gap="md">
        {running.map(({ mailbox, progress }) => (
          <ProgressLine
            key={mailbox.id}
            label={t(progress?.phase === 'sorting' ? 'running.sorting' : 'running.loading', {
              mailbox: mailbox.settings.name,
            })}
            done={progress?.done ?? 0}
            total={progress?.total ?? 0}
            startedAt={progress?.startedAt ?? null}
            onCancel={() => cancel.run({ mailboxId: mailbox.id })}
          />
        ))}
      </Stack>
    </Card>
  );
}

function Mailboxes({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  const format = useFormats();
  const rank = ({ condition }: MailboxState) => mailboxHealths.indexOf(concernOf(condition));
  const ordered = [...states].sort((a, b) => rank(a) - rank(b));
  const troubled = ordered.filter(({ condition }) => isTroubled(condition)).length;
  const shown = ordered.slice(0, Math.max(shownMailboxes, troubled));
  return (
    <Card title={t('today.mailboxes')} flush aside={<AllLink to="/mailboxes" />}>
      {shown.map(({ mailbox, progress, condition }) => (
        <RowLink key={mailbox.id} to="/mailboxes/$mailboxId" params={{ mailboxId: mailbox.id }}>
          <span className={classes.health}>
            <HealthBadge condition={condition} />
          </span>
          <span className={classes.title}>{mailbox.settings.name}</span>
          <PlaintextMark settings={mailbox.settings} />
          <span className={classes.aside}>
            {!isReceiving(mailbox)
              ? t('mailbox.onlySends')
              : progress?.lastLoadedAt
                ? t('today.loadedAgo', { time: format.timeAgo(progress.lastLoadedAt) })
                : t('today.neverLoaded')}
          </span>
        </RowLink>
      ))}
    </Card>
  );
}
