import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { FetchedLetter, IncomingConnector, OpenFolder } from '../../../src-main/connectors/connectors.ts';
import type { ConnectionTimes } from '../../../src-main/connectors/limits.ts';
import { connectorsFor, soon } from '../sign-in.ts';
import type { Desk, DeskRoom } from './desk.ts';

/** A desk for each test, and how the console meets it. */
export interface Receiving {
  readonly desk: Desk;
  readonly room: DeskRoom;
  connected<T>(work: (connector: IncomingConnector) => Promise<T>, wish?: ConnectionWish): Promise<T>;
}

interface ConnectionWish {
  readonly port?: number;
  readonly wrong?: boolean;
  readonly times?: Partial<ConnectionTimes>;
}

export function receivingAt(openRoom: () => Promise<DeskRoom>): Receiving {
  let room: DeskRoom;
  let desk: Desk;
  beforeAll(async () => {
    room = await openRoom();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    desk = await room.open();
  });
  afterEach(() => desk.stop());
  return {
    get desk() {
      return desk;
    },
    get room() {
      return room;
    },
    async connected(work, { times = {}, ...wish } = {}) {
      const connector = await connectorsFor(desk.trusted, times).openIncoming(desk.signIn(wish), soon());
      try {
        return await work(connector);
      } finally {
        await connector.close();
      }
    },
  };
}

export async function all(letters: AsyncIterable<FetchedLetter>): Promise<readonly FetchedLetter[]> {
  const list: FetchedLetter[] = [];
  for await (const letter of letters) list.push(letter);
  return list;
}

export const uidsIn = async (folder: OpenFolder, afterUid = 0): Promise<readonly number[]> =>
  Array.from(await folder.listUids({ afterUid, since: null }, soon()));

/** As a pass begins: what has changed since is asked for first. */
export async function openedAnew(connector: IncomingConnector, path: string): Promise<OpenFolder> {
  await connector.folderStates([path], soon());
  return connector.openFolder(path, soon());
}
