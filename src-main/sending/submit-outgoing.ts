import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { SignIn, SubmissionReceipt, SubmitLetter } from '../connectors/connectors.ts';
import type { AttemptEnd, Submission } from '../store/api/tickets.ts';
import { planAttempt } from './plan-attempt.ts';

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
  const { outgoing, from, raw } = attempt.submission;
  const to = outgoing.to.map(({ address }) => address);
  try {
    const signIn = await attempt.signInFor(outgoing.mailboxId, 'outgoing', signal);
    const receipt = await attempt.submit(signIn, { from, to, raw, envelopeId: `mailroom-${outgoing.id}` }, signal);
    return { outgoingId: outgoing.id, state: 'accepted', nextAttemptAt: null, ...told(receipt) };
  } catch (error) {
    const problem = toWire(error);
    if (problem.code === 'internal.defect') attempt.onDefect(error);
    const step = planAttempt({
      problem,
      attempts: outgoing.attempts,
      now: attempt.now(),
      random: attempt.random(),
    });
    const serverWords = String(problem.params.serverWords ?? '');
    // An attempt that the end of the program called off says nothing about the answer.
    const kept = problem.code === 'cancelled' ? outgoing.problem : problem;
    return { outgoingId: outgoing.id, ...step, problem: kept, serverWords };
  }
}

/** Taken for some and refused for others: each refusal is kept beside the acceptance. */
function told({ serverWords, refused }: SubmissionReceipt): Pick<AttemptEnd, 'problem' | 'serverWords'> {
  const lines = refused.map((refusal) => `${refusal.address}: ${refusal.serverWords}`);
  return { problem: null, serverWords: [serverWords, ...lines].join('\n') };
}
