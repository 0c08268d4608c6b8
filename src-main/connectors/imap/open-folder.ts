import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { OpenFolder } from '../connectors.ts';
import { fetchLetters } from './fetch-letters.ts';
import { listSizes } from './list-sizes.ts';
import { listUids, listUnreadUids } from './list-uids.ts';
import type { Session } from './session.ts';
import { watchNews } from './wait-for-news.ts';

export async function openFolder(session: Session, path: string, signal: AbortSignal): Promise<OpenFolder> {
  const mailbox = await session.run(
    (client) =>
      client.mailboxOpen(path, { readOnly: true }).catch((error: unknown) => {
        throw isGone(error) ? gone(session, path, error) : error;
      }),
    signal,
  );
  const news = watchNews(session, mailbox);
  return {
    path,
    uidValidity: Number(mailbox.uidValidity),
    exists: mailbox.exists,
    listUids: (question, during) => {
      news.forget();
      return listUids(session, question, during);
    },
    listUnreadUids: (during) => listUnreadUids(session, during),
    fetchLetters: (uids, during) => fetchLetters(session, uids, during),
    listSizes: (uids, during) => listSizes(session, uids, during),
    ...(session.client.capabilities.has('IDLE') ? { waitForNews: news.wait } : {}),
  };
}

/** A plain NO is all that servers without RFC 5530 have to say; the library then looks whether LIST still names the folder. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { mailboxMissing, serverResponseCode } = error as {
    readonly mailboxMissing?: boolean;
    readonly serverResponseCode?: string | false;
  };
  return mailboxMissing === true || serverResponseCode === 'NONEXISTENT';
}

function gone(session: Session, path: string, cause: unknown): AppError {
  return new AppError('folder.gone', { ...placeOf(session.endpoint), folder: path }, { cause });
}
