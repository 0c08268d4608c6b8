import type { OpenFolder } from '../connectors.ts';
import { fetchHeader } from './fetch-header.ts';
import { fetchLetters } from './fetch-letters.ts';
import { listSizes } from './list-sizes.ts';
import { listUids, listUnreadUids } from './list-uids.ts';
import { selectFolder } from './select-folder.ts';
import type { Session } from './session.ts';
import { watchNews } from './wait-for-news.ts';

export async function openFolder(session: Session, path: string, signal: AbortSignal): Promise<OpenFolder> {
  const { mailbox, uidValidity, assertOpen } = await selectFolder(session, path, 'read', signal);
  const news = watchNews(session, mailbox);
  const here = (): Session => {
    assertOpen();
    return session;
  };
  return {
    path,
    uidValidity,
    exists: mailbox.exists ?? 0,
    uidNext: mailbox.uidNext ?? null,
    // Zero where this folder has none (RFC 7162, 3.1.2).
    highestModseq: mailbox.highestModseq ? mailbox.highestModseq.toString() : null,
    listUids: async (question, during) => {
      news.forget();
      return listUids(here(), question, during);
    },
    listUnreadUids: async (during) => listUnreadUids(here(), during),
    fetchLetters: (uids, during) => fetchLetters(here(), uids, during),
    listSizes: async (uids, during) => listSizes(here(), uids, during),
    fetchHeader: async (uid, during) => fetchHeader(here(), uid, during),
    ...(session.client.capabilities.has('IDLE') ? { waitForNews: news.wait } : {}),
  };
}
