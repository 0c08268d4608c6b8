import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { SignIn, SubmitLetter } from '../connectors/connectors.ts';
import { RecipientsRefused, type RefusedRecipient } from '../connectors/recipients-refused.ts';
import type { AttemptEnd, Submission } from '../store/api/outbox.ts';
import { type FailedAttempt, planAttempt } from './plan-attempt.ts';
import { planReceipt } from './plan-receipt.ts';

/** Fails with the codes of vaults, `mailbox.unknown` and `mailbox.cannot-send`. */
export type SignInFor = (
  mailboxId: MailboxId,
  direction: 'incoming' | 'outgoing',
  signal: AbortSignal,
) => Promise<SignIn>;

export interface Attempt {
  readonly submission: Submission;
  readonly submit: SubmitLetter;
  readonly signInFor: SignInFor;
  readonly now: () => number;
  readonly random: () => number;
  readonly onDefect: (error: unknown) => void;
}

/** One attempt from sign-in to the server's word; never fails, since every end of it is to be kept. */
export async function submitOutgoing(attempt: Attempt, signal: AbortSignal): Promise<AttemptEnd> {
  const { outgoing, from, to, raw } = attempt.submission;
  const spoken = (serverWords: string, refused: readonly RefusedRecipient[], host: string) =>
    planReceipt({ outgoing, to, serverWords, refused, host, ...countsOf(attempt) });
  try {
    const signIn = await attempt.signInFor(outgoing.mailboxId, 'outgoing', signal);
    const receipt = await attempt.submit(signIn, { from, to, raw, envelopeId: `mailroom-${outgoing.id}` }, signal);
    return spoken(receipt.serverWords, receipt.refused, signIn.endpoint.host);
  } catch (error) {
    const problem = toWire(error);
    const serverWords = String(problem.params.serverWords ?? '');
    if (error instanceof RecipientsRefused)
      return spoken(serverWords, error.refused, String(problem.params.host ?? ''));
    if (problem.code === 'internal.defect') attempt.onDefect(error);
    const step = planAttempt({ problem, ...countsOf(attempt) });
    // An attempt that the end of the program called off says nothing about the answer.
    const kept = problem.code === 'cancelled' ? outgoing.problem : problem;
    return { outgoingId: outgoing.id, ...step, problem: kept, serverWords, recipients: [] };
  }
}

function countsOf({ submission, now, random }: Attempt): Omit<FailedAttempt, 'problem'> {
  return { attempts: submission.outgoing.attempts, now: now(), random: random() };
}
