import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconMailSearch } from '@tabler/icons-react';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './sender-preview.module.css';

const typingMilliseconds = 250;

export interface SenderPreviewProps {
  readonly pattern: string;
  readonly mailboxId: MailboxId | null;
  /** `*@*` and receiving: said as a danger, in numbers (R167). */
  readonly everybody: boolean;
}

/** How many of the letters loaded so far a pattern would take in, before it is saved. */
export function SenderPreview({ pattern, mailboxId, everybody }: SenderPreviewProps) {
  const t = useText();
  const [asked] = useDebouncedValue(pattern.trim(), typingMilliseconds);
  const preview = useQuery('senders.preview', { pattern: asked, mailboxId }, { keepPrevious: true });
  if (preview.error) return <ErrorNotice error={preview.error} tone="late" />;
  const { letters = 0, senders = 0 } = preview.data ?? {};
  const counts = {
    letters: t('rules.sender.preview.letters', { count: letters }),
    senders: t('rules.sender.preview.senders', { count: senders }),
  };
  if (everybody) {
    return (
      <div className={classes.danger} role="alert">
        <IconAlertTriangle size={18} aria-hidden className={classes.sign} />
        <div>
          <p className={classes.title}>{t('rules.sender.everybody.title')}</p>
          <p className={classes.text}>{t('rules.sender.everybody.text')}</p>
          {preview.data && <p className={classes.text}>{`${counts.letters} ${counts.senders}.`}</p>}
        </div>
      </div>
    );
  }
  return (
    <p className={classes.quiet} role="status">
      <IconMailSearch size={16} stroke={1.6} aria-hidden />
      {preview.data
        ? letters === 0
          ? t('rules.sender.preview.none')
          : `${counts.letters} ${counts.senders}.`
        : t('reading')}
    </p>
  );
}
