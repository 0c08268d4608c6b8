import type { ServerFolder } from '../../../src-shared/domain/folder.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { FolderState, IncomingConnector, SignIn } from '../connectors.ts';
import type { NumberUidls } from '../name-memory.ts';
import { deletesWhatWasRead } from './capabilities.ts';
import { unsupported } from './errors.ts';
import { type Maildrop, readMaildrop } from './maildrop.ts';
import { openDrop } from './open-folder.ts';
import { changeDrop } from './open-for-change.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export interface Pop3Options extends SessionOptions {
  readonly numberUidls: NumberUidls;
}

/** The one folder there is (R3); the name is IMAP's, so that a mailbox that changes its protocol keeps its letters in their place. */
export const inbox: ServerFolder = {
  path: 'INBOX',
  name: 'INBOX',
  separator: '/',
  role: 'inbox',
  selectable: true,
  identity: null,
};

const isInbox = (path: string): boolean => path.toUpperCase() === inbox.path;

/**
 * Over one session after another: what has arrived since a session began is seen in the next, and what is deleted is gone when it has ended. So a new one is opened when all
 * folders are asked about again, and for further changes after one that was made; as few as can be, since servers count sign-ins.
 */
export async function openPop3(signIn: SignIn, options: Pop3Options, signal: AbortSignal): Promise<IncomingConnector> {
  let session: Session = await openSession(signIn, options, signal);
  let maildrop: Maildrop | null = null;
  /** Something has been made of what lies in it. */
  let used = false;
  let tripsBefore = 0;

  const renew = async (during: AbortSignal): Promise<void> => {
    await session.close();
    tripsBefore += session.roundTrips();
    [maildrop, used] = [null, false];
    session = await openSession(signIn, options, during);
  };
  const look = async (during: AbortSignal): Promise<Maildrop> => {
    maildrop ??= await readMaildrop(session, options.numberUidls, during);
    return maildrop;
  };
  const refuseOther = (path: string): void => {
    if (!isInbox(path)) throw new AppError('folder.gone', { ...placeOf(signIn.endpoint), folder: path });
  };
  const trips = (): number => tripsBefore + session.roundTrips();

  return {
    listFolders: async () => [inbox],
    async folderStates(paths, during) {
      const before = trips();
      const asked = paths.filter(isInbox);
      if (asked.length > 0 && (used || !session.usable)) await renew(during);
      const states = new Map<string, FolderState>();
      for (const path of asked) states.set(path, stateOf(await look(during)));
      return { states, roundTrips: trips() - before };
    },
    async openFolder(path, during) {
      refuseOther(path);
      const found = await look(during);
      used = true;
      return openDrop(session, found, path);
    },
    async openForChange(path, during) {
      refuseOther(path);
      // QUIT would delete what was read beside what is to be deleted (RFC 2449, 6.7).
      const readHere = maildrop?.hasRead() === true && deletesWhatWasRead(session.capabilities);
      if (!session.usable || readHere) await renew(during);
      const found = await look(during);
      used = true;
      return changeDrop(session, found, path);
    },
    async createFolder() {
      throw unsupported(signIn.endpoint, 'POP3: CREATE');
    },
    roundTrips: trips,
    close: () => session.close(),
  };
}

/** Never the same word for the same mailbox, so that it is opened in every pass: there is no telling without listing it whole. */
function stateOf({ uidValidity, uids, lastUid }: Maildrop): FolderState {
  return { uidValidity, uidNext: lastUid + 1, exists: uids.length, unseen: null, highestModseq: null };
}
