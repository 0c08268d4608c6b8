import { isAscii } from 'node:buffer';
import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { LetterToSubmit, SignIn, SubmissionReceipt } from '../connectors.ts';
import { RecipientsRefused, type RefusedRecipient } from '../recipients-refused.ts';
import { isRefusal, smtpError, wordsOf } from './errors.ts';
import { openSmtp, type SmtpOptions, type SmtpSession, signInTo } from './session.ts';

/** Read by nodemailer piece by piece, so that the last piece leaves us when the line has taken the ones before. */
const pieceBytes = 64 * 1024;

export async function submitLetter(
  signIn: SignIn,
  letter: LetterToSubmit,
  options: SmtpOptions,
  signal: AbortSignal,
): Promise<SubmissionReceipt> {
  const session = await openSmtp(signIn.endpoint, options, signal);
  try {
    await signInTo(session, signIn, signal);
    const sent = await handOver(session, letter, signal);
    return {
      serverWords: wordsOf(sent.response, signIn.endpoint.login),
      refused: refusedBy(sent.rejectedErrors, signIn.endpoint),
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const refused = refusedBy((error.cause as Refusals | undefined)?.rejectedErrors, signIn.endpoint);
    throw refused.length > 0 ? new RecipientsRefused(error, refused) : error;
  } finally {
    await session.close();
  }
}

async function handOver(
  session: SmtpSession,
  { from, to, raw, envelopeId }: LetterToSubmit,
  signal: AbortSignal,
): Promise<SMTPConnectionSendInfo> {
  const text = Readable.from(pieces(raw), { objectMode: false, highWaterMark: pieceBytes });
  let handedOver = false;
  // Next the library writes the closing dot: from here on the server may have the whole letter.
  text.once('end', () => {
    handedOver = true;
    session.waitLonger();
  });
  const dsn = envelopeId === undefined ? {} : { dsn: reportsFor(envelopeId) };
  const envelope = { from, to: [...to], size: raw.length, use8BitMime: !isAscii(raw), ...dsn };
  try {
    return await session.run<SMTPConnectionSendInfo>((done) => session.connection.send(envelope, text, done), signal);
  } catch (error) {
    if (!handedOver || isRefusal(error)) throw error;
    throw new AppError('delivery.unknown', placeOf(session.endpoint), { cause: error });
  } finally {
    text.destroy();
  }
}

/** Of what fails or is late, with the header alone: a report is for us, not a second copy. The library leaves it out where the server has no DSN. */
function reportsFor(envid: string): SMTPConnection.DSNOptions {
  return { ret: 'HDRS', envid, notify: ['FAILURE', 'DELAY'] };
}

/** What the library leaves on its receipt, and on the error where all were refused. */
interface Refusals {
  readonly rejectedErrors?: SMTPConnectionSendInfo['rejectedErrors'];
}

function refusedBy(refusals: Refusals['rejectedErrors'], endpoint: Endpoint): RefusedRecipient[] {
  return (refusals ?? []).map((refusal) => {
    const named = smtpError(refusal, endpoint);
    return {
      address: (refusal as { readonly recipient?: string }).recipient ?? '',
      serverWords: wordsOf(refusal.response, endpoint.login),
      code: isAppError(named) ? named.code : 'server.protocol',
      ...(isAppError(named) ? waitOfError(named) : {}),
    };
  });
}

function waitOfError({ params: { retryAfter } }: AppError): Pick<RefusedRecipient, 'retryAfter'> {
  return typeof retryAfter === 'number' ? { retryAfter } : {};
}

function* pieces(raw: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < raw.length; at += pieceBytes) yield raw.subarray(at, at + pieceBytes);
}
