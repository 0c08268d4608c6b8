import { Badge, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { receives } from '../../src-shared/domain/mailbox-directions.ts';
import { isTroubled } from '../../src-shared/domain/mailbox-health.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import type { MailboxState } from '../ipc/use-mailbox-states.ts';
import { HealthBadge } from '../ui/health-badge.tsx';
import { PlaintextMark } from '../ui/plaintext-mark.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { MailboxMenu } from './mailbox-menu.tsx';
import classes from './mailboxes.module.css';

export function MailboxRow({ state, letters }: { readonly state: MailboxState; readonly letters: number }) {
  const t = useText();
  const format = useFormats();
  const { mailbox, progress, condition } = state;
  const { health, why, since, needsPerson } = condition;
  const { settings } = mailbox;
  const loads = receives(settings);
  const weight = isTroubled(condition) ? (needsPerson ? 'bad' : 'late') : 'calm';
  return (
    <tr className={classes.row}>
      <td>
        <div className={classes.names}>
          <Link to="/mailboxes/$mailboxId" params={{ mailboxId: mailbox.id }} className={classes.name}>
            {settings.name}
          </Link>
          {mailbox.demo && (
            <Badge size="sm" variant="light" color="gray">
              {t('mailbox.demo')}
            </Badge>
          )}
          <PlaintextMark settings={settings} />
        </div>
        <Subtitle state={state} />
        {why && (
          <p className={classes.problem} data-weight={weight}>
            {errorSentence(t, why).what}
          </p>
        )}
      </td>
      <td>
        <HealthBadge condition={condition} />
        {since !== null && (
          <Text fz={12} c="dimmed">
            {t('health.began', { time: format.timeAgo(since) })}
          </Text>
        )}
        {!loads && (
          <Text fz={12} c="dimmed">
            {t('mailbox.onlySends')}
          </Text>
        )}
        {loads && mailbox.enabled && !settings.loading.automatic && (
          <Text fz={12} c="dimmed">
            {t('mailbox.manual')}
          </Text>
        )}
        {health === 'delayed' && progress !== null && progress.nextAttemptAt !== null && (
          <Text fz={12} c="dimmed">
            {t('mailbox.nextAttempt', { time: format.timeAgo(progress.nextAttemptAt) })}
          </Text>
        )}
        {health === 'catching-up' && progress && progress.total > 0 && (
          <Text fz={12} c="dimmed">
            {t('progress.of', { done: progress.done, total: progress.total })}
          </Text>
        )}
      </td>
      <td className={classes.dim}>
        {loads && (progress?.lastLoadedAt ? format.timeAgo(progress.lastLoadedAt) : t('mailboxes.neverLoaded'))}
      </td>
      <td className={classes.number}>{(loads || letters > 0) && format.wholeNumber(letters)}</td>
      <td className={classes.menu}>
        <MailboxMenu state={state} />
      </td>
    </tr>
  );
}

/** Address where the name is another, and what it is for. */
function Subtitle({ state: { mailbox } }: { readonly state: MailboxState }) {
  const { name, address, description } = mailbox.settings;
  const parts = [name === address ? '' : address, description].filter(Boolean);
  return parts.length > 0 ? <p className={classes.sub}>{parts.join(' · ')}</p> : null;
}
