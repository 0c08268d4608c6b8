import { IconPointFilled } from '@tabler/icons-react';
import { type TicketEntry, ticketStateSchema } from '../../src-shared/domain/ticket.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './conversation.module.css';

type Change = Extract<TicketEntry, { kind: 'change' }>;

/** Who changed what: one thin line. */
export function ChangeEntry({ entry }: { readonly entry: Change }) {
  const t = useText();
  const format = useFormats();
  return (
    <p className={classes.change}>
      <IconPointFilled size={12} aria-hidden />
      <span>{changeSentence(entry, t)}</span>
      <time dateTime={new Date(entry.at).toISOString()}>{format.shortDate(entry.at)}</time>
    </p>
  );
}

export function changeSentence({ author, field, before, after }: Change, t: Translate): string {
  const who = author || t('ticket.change.program');
  if (field === 'assignee') {
    // Somebody may take a ticket over from somebody else.
    return after === ''
      ? t('ticket.change.given-back', { author: who })
      : t('ticket.change.taken', { author: author || after });
  }
  const word = (value: string) => {
    const state = field === 'state' ? ticketStateSchema.safeParse(value) : null;
    return state?.success ? t(`tickets.state.${state.data}`) : value || t('ticket.field.empty');
  };
  const params = { author: who, before: word(before), after: word(after) };
  return field === 'state'
    ? t('ticket.change.state', params)
    : t('ticket.change.field', { ...params, field: t(`ticket.field.${field}`) });
}
