import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { startImap } from './scripted-imap.ts';
import { connectorsFor, failureOf, imapOf, signInTo, soon } from './sign-in.ts';

let dovecot: Dovecot;
let plainServer: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
  plainServer = await startDovecot({ extraConfig: 'imap_capability = IMAP4rev1' });
  for (const server of [dovecot, plainServer]) {
    fillMaildir(server, 'bob', 'INBOX', [{ raw }, { raw, flags: 'S' }, { raw }]);
    fillMaildir(server, 'bob', 'Заявки/Цех "2"', [{ raw }]);
    fillMaildir(server, 'bob', 'Not asked', [{ raw }]);
  }
});
afterAll(() => Promise.all([dovecot.stop(), plainServer.stop()]));

const raw = 'Subject: a letter\r\n\r\ntext\r\n';
const asked = ['INBOX', 'Заявки/Цех "2"', 'Нет/такой', 'Заявки'];

async function over<T>(port: number, work: (connector: IncomingConnector) => Promise<T>): Promise<T> {
  const connector = await connectorsFor().openIncoming(signInTo(port), soon());
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}

describe('what a server says of its folders', () => {
  test('comes in one command for all, and what is gone is left out', async () => {
    await over(dovecot.imapPort, async (connector) => {
      const before = connector.roundTrips();
      const { states, roundTrips } = await connector.folderStates(asked, soon());
      expect(roundTrips).toBe(1);
      expect(connector.roundTrips()).toBe(before + 1);
      expect([...states.keys()].sort()).toEqual(['INBOX', 'Заявки/Цех "2"']);
      expect(states.get('INBOX')).toEqual({
        uidValidity: expect.any(Number),
        uidNext: 4,
        exists: 3,
        unseen: 2,
        highestModseq: expect.stringMatching(/^[1-9]\d*$/),
      });
      expect(states.get('Заявки/Цех "2"')).toMatchObject({ uidNext: 2, exists: 1, unseen: 1 });
    });
  });

  test('comes folder by folder from a server that knows no better, without the number of its changes', async () => {
    await over(plainServer.imapPort, async (connector) => {
      const { states, roundTrips } = await connector.folderStates(asked, soon());
      expect(roundTrips).toBe(asked.length);
      expect([...states.keys()]).toEqual(['INBOX', 'Заявки/Цех "2"']);
      expect(states.get('INBOX')).toMatchObject({ uidNext: 4, exists: 3, unseen: 2, highestModseq: null });
    });
  });

  test('is what the opened folder says too', async () => {
    await over(dovecot.imapPort, async (connector) => {
      const { states } = await connector.folderStates(['INBOX'], soon());
      const { uidValidity, uidNext, exists, highestModseq } = await connector.openFolder('INBOX', soon());
      expect({ uidValidity, uidNext, exists, highestModseq, unseen: 2 }).toEqual(states.get('INBOX'));
    });
    await over(plainServer.imapPort, async (connector) => {
      expect((await connector.openFolder('INBOX', soon())).uidNext).toBe(4);
    });
  });

  test('tells a delivery and a mark that another program has set', async () => {
    fillMaildir(dovecot, 'carol', 'INBOX', [{ raw }]);
    const watching = await connectorsFor().openIncoming(imapOf(dovecot, 'none', { login: 'carol' }), soon());
    const state = async () => (await watching.folderStates(['INBOX'], soon())).states.get('INBOX');
    const first = await state();
    await deliver(dovecot, 'carol', raw);
    const second = await state();
    expect(second).toMatchObject({ uidNext: 3, exists: 2, unseen: 2, uidValidity: first?.uidValidity });
    const other = await connectorsFor().openIncoming(imapOf(dovecot, 'none', { login: 'carol' }), soon());
    await (await other.openForChange('INBOX', soon())).markRead([1], soon());
    await other.close();
    const third = await state();
    expect(third).toMatchObject({ uidNext: 3, exists: 2, unseen: 1 });
    expect(BigInt(third?.highestModseq ?? 0)).toBeGreaterThan(BigInt(second?.highestModseq ?? 0));
    await watching.close();
  });

  test('does not change how letters are answered afterwards', async () => {
    const proxy = await startFaultProxy(dovecot.imapPort);
    await over(proxy.port, async (connector) => {
      const bytesOfSizes = async (): Promise<number> => {
        const folder = await connector.openFolder('INBOX', soon());
        await folder.listSizes([1], soon());
        const before = proxy.bytes;
        expect((await folder.listSizes([1, 2, 3], soon())).size).toBe(3);
        return proxy.bytes - before;
      };
      const before = await bytesOfSizes();
      await connector.folderStates(asked, soon());
      // Figures of time in the tagged line differ by some; MODSEQ would be 11 bytes or more for each of three letters.
      expect(Math.abs((await bytesOfSizes()) - before)).toBeLessThan(30);
    });
    await proxy.stop();
  });
});

describe('a server of its own kind', () => {
  const offer = 'IMAP4rev1 LIST-EXTENDED LIST-STATUS CONDSTORE';
  const listing = /^LIST .*RETURN \(STATUS/;
  const statesFrom = async (port: number, paths: readonly string[]) =>
    over(port, async (connector) => connector.folderStates(paths, soon()));

  test('that leaves out UIDNEXT, names nonsense or other folders: nothing is known of those', async () => {
    const server = await startImap(offer, [
      {
        to: listing,
        lines: [
          '* LIST () "/" A',
          '* STATUS A (MESSAGES 3 UIDVALIDITY 5 UNSEEN 0 HIGHESTMODSEQ 7)',
          '* STATUS B (MESSAGES 3 UIDNEXT -4 UIDVALIDITY 5 UNSEEN 0 HIGHESTMODSEQ 7)',
          '* STATUS C (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 5 UNSEEN x HIGHESTMODSEQ 0)',
          '* STATUS D (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 5 HIGHESTMODSEQ 9223372036854775807)',
          '* STATUS inbox (uidnext 4 messages 3 uidvalidity 5)',
          '* STATUS Other (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 5)',
          '* STATUS E',
          '* STATUS NIL NIL',
        ],
      },
    ]);
    const { states } = await statesFrom(server.port, ['A', 'B', 'C', 'D', 'E', 'INBOX']);
    expect(Object.fromEntries(states)).toEqual({
      C: { uidValidity: 5, uidNext: 4, exists: 3, unseen: null, highestModseq: null },
      D: { uidValidity: 5, uidNext: 4, exists: 3, unseen: null, highestModseq: '9223372036854775807' },
      INBOX: { uidValidity: 5, uidNext: 4, exists: 3, unseen: null, highestModseq: null },
    });
    await server.stop();
  });

  test('that does not know what it offers is asked folder by folder', async () => {
    const server = await startImap(offer, [
      { to: listing, end: 'BAD Unknown LIST option' },
      { to: /^STATUS "A"/, lines: ['* STATUS A (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 5)'] },
      { to: /^STATUS/, end: 'NO No such mailbox' },
    ]);
    const { states, roundTrips } = await statesFrom(server.port, ['A', 'B']);
    expect([...states.keys()]).toEqual(['A']);
    expect(roundTrips).toBe(3);
    await server.stop();
  });

  test('without several patterns is asked for all folders at once', async () => {
    const server = await startImap('IMAP4rev1 LIST-STATUS', []);
    expect((await statesFrom(server.port, ['A', 'B'])).roundTrips).toBe(1);
    expect(server.heard(listing)).toEqual(['LIST "" "*" RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY UNSEEN))']);
    await server.stop();
  });

  test('that asks to come less often is no server without folders', async () => {
    const server = await startImap('IMAP4rev1', [{ to: /^STATUS/, end: 'NO [LIMIT] Try again in 5 minutes' }]);
    const failure = await failureOf(statesFrom(server.port, ['A', 'B']));
    expect(failure).toMatchObject({ code: 'server.throttled', params: { retryAfter: 300 } });
    await server.stop();
  });

  test('nothing asked, nothing sent', async () => {
    expect(await over(dovecot.imapPort, (connector) => connector.folderStates([], soon()))).toEqual({
      states: new Map(),
      roundTrips: 0,
    });
  });
});

describe('the identity of a folder', () => {
  test('is known where the server tells all of them at once', async () => {
    const server = await startImap('IMAP4rev1 OBJECTID LIST-STATUS', [
      {
        to: /MAILBOXID/,
        lines: ['* LIST () "/" INBOX', '* STATUS INBOX (MAILBOXID (F2212ea87-6097))', '* STATUS Gone (MAILBOXID ())'],
      },
    ]);
    const folders = await over(server.port, (connector) => connector.listFolders(soon()));
    expect(folders).toMatchObject([{ path: 'INBOX', identity: 'F2212ea87-6097' }]);
    await server.stop();
  });

  test.each([
    ['does not offer it', 'IMAP4rev1 LIST-STATUS', 'OK done'],
    ['would have to be asked for each', 'IMAP4rev1 OBJECTID', 'OK done'],
    ['refuses it', 'IMAP4rev1 OBJECTID LIST-STATUS', 'NO Not for you'],
  ])('is not known where the server %s', async (_, offer, end) => {
    const server = await startImap(offer, [{ to: /MAILBOXID/, end }]);
    const folders = await over(server.port, (connector) => connector.listFolders(soon()));
    expect(folders).toMatchObject([{ path: 'INBOX', identity: null }]);
    await server.stop();
  });
});
