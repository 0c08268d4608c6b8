import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import { errorCodes } from '../../src-shared/errors/codes.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { RefusedRecipient } from '../connectors/recipients-refused.ts';
import type { AttemptEnd, ToldRecipient } from '../store/api/outbox.ts';
import { type FailedAttempt, planAttempt } from './plan-attempt.ts';

export interface SpokenReceipt extends Omit<FailedAttempt, 'problem'> {
  /** As it was claimed. */
  readonly outgoing: Outgoing;
  /** Whom this attempt is for. */
  readonly to: readonly string[];
  readonly refused: readonly RefusedRecipient[];
  /** The server's answer to the letter itself, or one of its refusals where nobody was taken. */
  readonly serverWords: string;
  readonly host: string;
}

/** The server has spoken of each recipient: those taken are done with for ever, those put off are tried again alone, until the same end as a whole letter. */
export function planReceipt(receipt: SpokenReceipt): AttemptEnd {
  const { outgoing, to, refused, host, ...attempt } = receipt;
  const told = to.map((address) => toldOf(address, refused));
  const later = longestWait(refused.filter(isLater));
  const problem = problemOf(later ?? refused[0], host);
  const step = later && problem ? planAttempt({ ...attempt, problem }) : null;
  const base = { outgoingId: outgoing.id, serverWords: receipt.serverWords };
  if (step?.state === 'queued') return { ...base, ...step, problem, recipients: told };
  const recipients = told.map((one) => (one.state === 'deferred' ? { ...one, state: 'refused' as const } : one));
  const missing = recipients.some(({ state }) => state === 'refused') || has(outgoing, 'failed');
  const end = { ...base, nextAttemptAt: null, givesUpAt: null, recipients };
  if (!missing) return { ...end, state: 'accepted', problem: null };
  const some = recipients.some(({ state }) => state === 'accepted') || has(outgoing, 'accepted');
  return { ...end, state: 'failed', problem: some ? { code: 'recipient.some-refused', params: { host } } : problem };
}

function toldOf(address: string, refused: readonly RefusedRecipient[]): ToldRecipient {
  const refusal = refused.find((one) => one.address === address);
  if (!refusal) return { address, state: 'accepted', serverWords: '' };
  return { address, state: isLater(refusal) ? 'deferred' : 'refused', serverWords: refusal.serverWords };
}

function isLater({ code }: RefusedRecipient): boolean {
  return errorCodes[code].retry !== 'never';
}

/** All that are put off are tried again together, so none before its own wait. */
function longestWait(putOff: readonly RefusedRecipient[]): RefusedRecipient | undefined {
  return putOff.toSorted((one, other) => (other.retryAfter ?? 0) - (one.retryAfter ?? 0))[0];
}

function problemOf(refusal: RefusedRecipient | undefined, host: string): WireError | null {
  if (refusal === undefined) return null;
  const { code, serverWords, retryAfter } = refusal;
  return { code, params: { host, serverWords, ...(retryAfter === undefined ? {} : { retryAfter }) } };
}

function has({ recipients }: Outgoing, state: 'accepted' | 'failed'): boolean {
  return recipients.some((recipient) => recipient.state === state);
}
