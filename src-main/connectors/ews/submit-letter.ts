import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { LetterToSubmit, SignIn, SubmissionReceipt } from '../connectors.ts';
import { responseCodeOf } from './errors.ts';
import { keptFolder } from './folder-directory.ts';
import { ews } from './library.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

/** Answers that are none of the server's own: something before it gave them, and it may have the letter all the same. */
const maybeTaken = new Set<string>(['server.protocol', 'server.unavailable']);

/** Exchange itself was cut short, or heard nothing of another of its servers that was to do it. */
const cutShort = new Set([
  'ErrorRequestAborted',
  'ErrorClientDisconnected',
  'ErrorProxyCallFailed',
  'ErrorProxyRequestProcessingFailed',
]);

/** CreateItem with the letter's bytes: the server sends it and keeps the copy among what was sent, of the mailbox that was named. Recipients are those of the header. */
export async function submitByExchange(
  signIn: SignIn,
  { raw }: LetterToSubmit,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<SubmissionReceipt> {
  const { session, sent } = await openForSending(signIn, options, signal);
  try {
    await handOver(session, sent, raw, signal);
    return { serverWords: 'CreateItem: NoError', refused: [] };
  } finally {
    session.close();
  }
}

/** Asks for the folder that the copy goes to. A question that changes nothing: whatever is wrong with line, sign-in or mailbox is known before a letter leaves. */
export async function openForSending(signIn: SignIn, options: SessionOptions, signal: AbortSignal) {
  const session = openSession(signIn, options);
  try {
    const sent = keptFolder(session, ews.WellKnownFolderName.SentItems);
    await session.ask((service) => ews.Folder.Bind(service, sent, ews.PropertySet.IdOnly), {}, signal);
    return { session, sent };
  } catch (error) {
    session.close();
    throw error;
  }
}

async function handOver(session: Session, sent: ews.FolderId, raw: Uint8Array, signal: AbortSignal): Promise<void> {
  const content = Buffer.from(raw).toString('base64');
  try {
    await session.ask(
      (service) => {
        const letter = new ews.EmailMessage(service);
        letter.MimeContent = new ews.MimeContent('UTF-8', content);
        return letter.SendAndSaveCopy(sent);
      },
      { changes: true, letter: true },
      signal,
    );
  } catch (error) {
    const named = responseCodeOf(error);
    const refused = named === null ? isAppError(error) && !maybeTaken.has(error.code) : !cutShort.has(named);
    throw refused && !session.unanswered()
      ? error
      : new AppError('delivery.unknown', placeOf(session.endpoint), { cause: error });
  }
}
