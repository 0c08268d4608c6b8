import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { instantSchema } from './time.ts';

/**
 * Whether a letter that was sent is put into the Sent folder by us. `automatic`: where the server does not do so itself. `always`: where it is not there yet.
 */
export const sentCopySchema = z.enum(['automatic', 'always', 'never']);
export type SentCopy = z.infer<typeof sentCopySchema>;

/** `due`: to be looked for, then put there. `there`: the server had it already. `failed`: given up; the letter itself is sent all the same. */
export const sentCopyFateSchema = z
  .object({
    state: z.enum(['due', 'done', 'there', 'failed']),
    nextAttemptAt: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type SentCopyFate = z.infer<typeof sentCopyFateSchema>;

interface Servers {
  readonly incoming: { readonly protocol?: string | undefined; readonly host: string } | null;
  readonly outgoing: { readonly protocol?: string | undefined; readonly host: string } | null;
  readonly sentCopy?: SentCopy | undefined;
}

/** Only IMAP can be given a letter to keep, and whoever sends by another protocol than SMTP keeps it already. A mailbox that only sends has no folder for it. */
export function wantsSentCopy({ incoming, outgoing, sentCopy }: Servers): boolean {
  if (sentCopy === 'never' || outgoing === null || incoming === null) return false;
  // Settings of before there was a choice name no protocol.
  return (incoming.protocol ?? 'imap') === 'imap' && (outgoing.protocol ?? 'smtp') === 'smtp';
}

/** Providers whose submission servers put what they take into the Sent folder of the same account. */
const keepers: readonly RegExp[] = [
  /(^|\.)(gmail|googlemail)\.com$/i,
  /(^|\.)(office365|outlook|hotmail|live)\.(com|de|cn)$|(^|\.)office365\.us$/i,
];

/** Then the copy is only looked for: one of ours would be the second. */
export function serverKeepsCopy({ incoming, outgoing, sentCopy = 'automatic' }: Servers): boolean {
  if (sentCopy !== 'automatic' || outgoing === null || incoming === null) return false;
  return keepers.some((keeper) => keeper.test(incoming.host) && keeper.test(outgoing.host));
}
