import { useLayoutEffect, useRef } from 'react';
import type { TicketEntry } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { AnswerEntry } from './answer-entry.tsx';
import { ChangeEntry } from './change-entry.tsx';
import classes from './conversation.module.css';
import { LetterEntry } from './letter-entry.tsx';

export interface ConversationProps {
  readonly entries: readonly TicketEntry[];
}

/** Letters, answers and changes, oldest first; opens at its end, where the work is. */
export function Conversation({ entries }: ConversationProps) {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const { length } = entries;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is what brings the end into view again.
  useLayoutEffect(() => {
    scroller.current?.scrollTo?.({ top: scroller.current.scrollHeight });
  }, [length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section ref={scroller} className={classes.scroll} tabIndex={0} aria-label={t('ticket.conversation')}>
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <li key={keyOf(entry)}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { readonly entry: TicketEntry }) {
  if (entry.kind === 'letter') return <LetterEntry entry={entry} />;
  if (entry.kind === 'answer') return <AnswerEntry entry={entry} />;
  return <ChangeEntry entry={entry} />;
}

function keyOf(entry: TicketEntry): string {
  if (entry.kind === 'letter') return `letter-${entry.messageId}`;
  if (entry.kind === 'answer') return `answer-${entry.outgoingId}`;
  return `change-${entry.at}-${entry.field}-${entry.before}-${entry.after}`;
}
