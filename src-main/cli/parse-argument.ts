import { InvalidArgumentError } from 'commander';
import { type AuthorityId, authorityIdSchema } from '../../src-shared/domain/certificate-authority.ts';
import {
  type EffectId,
  effectIdSchema,
  type LedgerEntryId,
  ledgerEntryIdSchema,
  type MessageId,
  messageIdSchema,
  type TicketId,
  ticketIdSchema,
} from '../../src-shared/domain/ids.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';

/** A number as every list shows it. Anything else is wrong usage. */
function positive(text: string, translate: Translate): number {
  const number = Number(text.replace(/^#/, ''));
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError(translate('terminal.not-a-number'));
  return number;
}

export const messageIdArgument =
  (translate: Translate) =>
  (text: string): MessageId =>
    messageIdSchema.parse(positive(text, translate));

export const messageIdsArgument = (translate: Translate) => several(messageIdArgument(translate));

export const ticketIdArgument =
  (translate: Translate) =>
  (text: string): TicketId =>
    ticketIdSchema.parse(positive(text, translate));

export const ledgerEntryIdArgument =
  (translate: Translate) =>
  (text: string): LedgerEntryId =>
    ledgerEntryIdSchema.parse(positive(text, translate));

export const authorityIdArgument =
  (translate: Translate) =>
  (text: string): AuthorityId =>
    authorityIdSchema.parse(positive(text, translate));

export const effectIdsArgument = (translate: Translate) =>
  several((text): EffectId => effectIdSchema.parse(positive(text, translate)));

/** For `<ids...>`: each is given with those before it. */
function several<T>(one: (text: string) => T): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before = []) => [...before, one(text)];
}

/** How many lines a list shows; the contract's own bound. */
export const limitArgument =
  (translate: Translate) =>
  (text: string): number => {
    const number = positive(text, translate);
    if (number > 500) throw new InvalidArgumentError(translate('terminal.limit-too-high'));
    return number;
  };

/** The beginning of a day of this machine's, 2026-11-26. */
export const dayArgument =
  (translate: Translate) =>
  (text: string): number => {
    const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`).getTime() : Number.NaN;
    if (Number.isNaN(at)) throw new InvalidArgumentError(translate('terminal.not-a-day'));
    return at;
  };

const mostLogLines = 10_000;

export const linesArgument =
  (translate: Translate) =>
  (text: string): number =>
    Math.min(mostLogLines, positive(text, translate));
