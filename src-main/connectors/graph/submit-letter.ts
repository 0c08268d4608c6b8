import { largestByGraph } from '../../../src-shared/domain/largest-letter.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { LetterToSubmit, SignIn, SubmissionReceipt } from '../connectors.ts';
import { passesByItself } from '../passing-status.ts';
import { refusalOf } from './errors.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { idShape } from './shapes.ts';

/** Answers that are none of the service's own: something before it gave them, and it may have the letter all the same. */
const maybeTaken = new Set<string>(['server.protocol', 'server.unavailable']);

/** sendMail with the letter's bytes: the service sends it and keeps the copy among what was sent, of the mailbox that was named. Recipients are those of the header. */
export async function submitByGraph(
  signIn: SignIn,
  { raw }: LetterToSubmit,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<SubmissionReceipt> {
  const place = placeOf(signIn.endpoint);
  if (raw.length > largestByGraph)
    throw new AppError('message.too-large', { ...place, serverWords: `sendMail: ${raw.length} > ${largestByGraph}` });
  const body = Buffer.from(raw).toString('base64');
  const session = await openForSending(signIn, options, signal);
  try {
    return await handOver(session, body, signal);
  } finally {
    session.close();
  }
}

/** Asks for the folder that the copy goes to. A question that changes nothing: whatever is wrong with line, sign-in or mailbox is known before a letter leaves. */
export async function openForSending(signIn: SignIn, options: SessionOptions, signal: AbortSignal): Promise<Session> {
  const session = openSession(signIn, options);
  try {
    await session.read(idShape, { path: session.at('/mailFolders/sentitems?$select=id') }, signal);
    return session;
  } catch (error) {
    session.close();
    throw error;
  }
}

async function handOver(session: Session, body: string, signal: AbortSignal): Promise<SubmissionReceipt> {
  const question = { method: 'POST', path: session.at('/sendMail'), body, letter: true } as const;
  try {
    const { status } = await session.ask(question, signal);
    return { serverWords: `sendMail: HTTP ${status}`, refused: [] };
  } catch (error) {
    // A status of 500 and more may be a gateway's, with the letter taken behind it; 503 and 509 are said before anything is done.
    const status = refusalOf(error)?.status ?? 0;
    const answered = (status >= 300 && !passesByItself(status)) || status === 503 || status === 509;
    const unasked = status === 0 && isAppError(error) && !maybeTaken.has(error.code);
    const sure = !session.unanswered() && (answered || unasked);
    throw sure ? error : new AppError('delivery.unknown', placeOf(session.endpoint), { cause: error });
  }
}
