import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { InitialsDisc } from '../letter/initials-disc.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './thread-strip.module.css';

export interface ThreadStripProps {
  readonly messageId: MessageId;
  readonly onPick: (id: MessageId) => void;
}

/** The other letters of the conversation, oldest first, folded until wanted. */
export function ThreadStrip({ messageId, onPick }: ThreadStripProps) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const thread = useQuery('mail.thread', { messageId });
  const letters = thread.data ?? [];
  if (letters.length < 2) return null;
  return (
    <section className={classes.strip} aria-label={t('mail.thread')}>
      <UnstyledButton className={classes.fold} onClick={() => setOpen(!open)} aria-expanded={open}>
        <IconChevronRight size={14} aria-hidden data-open={open || undefined} className={classes.chevron} />
        <IconMessages size={16} stroke={1.6} aria-hidden className={classes.sign} />
        {t('mail.row.thread', { count: letters.length })}
      </UnstyledButton>
      {open && (
        <ol className={classes.letters}>
          {letters.map((letter) => (
            <li key={letter.id}>
              <ThreadLine letter={letter} current={letter.id === messageId} onPick={onPick} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface ThreadLineProps {
  readonly letter: MessageSummary;
  readonly current: boolean;
  readonly onPick: (id: MessageId) => void;
}

function ThreadLine({ letter, current, onPick }: ThreadLineProps) {
  const t = useText();
  const format = useFormats();
  const who = letter.from?.name || letter.from?.address || t('mail.no-sender');
  return (
    <UnstyledButton
      className={classes.line}
      aria-current={current ? 'true' : undefined}
      data-current={current || undefined}
      onClick={() => onPick(letter.id)}
    >
      <InitialsDisc name={who} small />
      <span className={classes.who}>{who}</span>
      <span className={classes.preview}>{current ? t('mail.thread.this') : letter.preview || letter.subject}</span>
      <span className={classes.date}>{format.shortDate(letter.sentAt)}</span>
    </UnstyledButton>
  );
}
