import { describe, expect, test } from 'vitest';
import type { FetchedLetter, IncomingConnector } from '../../../src-main/connectors/connectors.ts';
import { type Fault, startFaultProxy } from '../../support/fault-proxy.ts';
import { connectorsFor, failureOf, impatientTimes, soon } from '../sign-in.ts';
import { type DeskRoom, plain } from './desk.ts';
import { receivingAt, uidsIn } from './receiving.ts';

const large = (name: string): string => plain(name, 'abcdefghijklmnopqrstuvwxyz0123456789\r\n'.repeat(20_000));
/** In the middle of the second of three such letters, however a protocol wraps them. */
const within = 1_400_000;
const times = { ...impatientTimes, answer: 2_000, letter: 2_000, silence: 1_500, greeting: 2_000 };

/** What every protocol says when a server or the line to it does not do its part. */
export function troublesSuite(openRoom: () => Promise<DeskRoom>): void {
  describe('troubles', () => {
    const at = receivingAt(openRoom);

    /** Three letters of 740 kB are asked for over a line with a fault; what came before the end, and how it ended. */
    async function cameOver(fault: Fault, during = soon()) {
      const names = ['one', 'two', 'three'];
      await at.desk.put('INBOX', names.map(large));
      const proxy = await startFaultProxy(at.desk.port, fault);
      const came: FetchedLetter[] = [];
      const read = async (connector: IncomingConnector): Promise<void> => {
        const folder = await connector.openFolder('INBOX', soon());
        for await (const letter of folder.fetchLetters(await uidsIn(folder), during)) came.push(letter);
      };
      try {
        const failure = await failureOf(at.connected(read, { port: proxy.port, times }));
        for (const { raw } of came) expect(names.map(large)).toContain(Buffer.from(raw).toString());
        return { failure, came: came.length };
      } finally {
        await proxy.stop();
      }
    }

    test('a wrong password or token is told as such, with the place', async () => {
      const work = at.connected(async () => {}, { wrong: true });
      expect(await failureOf(work)).toMatchObject({ code: 'auth.rejected', params: { host: 'localhost' } });
    });

    test('a port where nobody listens is told as such', async () => {
      const proxy = await startFaultProxy(at.desk.port);
      await proxy.stop();
      const failure = await failureOf(at.connected(async () => {}, { port: proxy.port }));
      expect(failure).toMatchObject({ code: 'network.unreachable', params: { host: 'localhost', port: proxy.port } });
    });

    test.each(['cut', 'reset'] as const)(
      'a line that ends (%s) inside a letter is told, and no half letter is given',
      async (kind) => {
        const { failure, came } = await cameOver({ kind, afterBytes: within });
        expect(failure).toMatchObject({ code: 'network.dropped', params: { host: 'localhost' } });
        expect(came).toBeLessThan(3);
      },
    );

    test('a server that falls silent inside a letter is given up in time', async () => {
      const { failure, came } = await cameOver({ kind: 'stall', afterBytes: within });
      expect(failure).toMatchObject({ code: 'network.timeout', params: { host: 'localhost' } });
      expect(came).toBeLessThan(3);
    });

    test('a server that falls silent before it has said anything is given up in time', async () => {
      const proxy = await startFaultProxy(at.desk.port, { kind: 'stall', afterBytes: 0 });
      const work = at.connected((connector) => connector.openFolder('INBOX', soon()), { port: proxy.port, times });
      expect((await failureOf(work)).code).toBe('network.timeout');
      await proxy.stop();
    });

    test('who calls off is obeyed at once, also in the middle of a letter', async () => {
      const proxy = await startFaultProxy(at.desk.port, { kind: 'stall', afterBytes: within });
      await at.desk.put('INBOX', ['one', 'two', 'three'].map(large));
      const calling = new AbortController();
      // With usual patience: only the call ends it.
      const connector = await connectorsFor(at.desk.trusted).openIncoming(at.desk.signIn({ port: proxy.port }), soon());
      const folder = await connector.openFolder('INBOX', soon());
      const uids = await uidsIn(folder);
      const letters = folder.fetchLetters(uids, calling.signal)[Symbol.asyncIterator]();
      const rest = (async () => {
        while (!(await letters.next()).done);
      })();
      const struck = async (): Promise<void> => {
        while (proxy.struck === 0) await new Promise((resolve) => setImmediate(resolve));
      };
      await struck();
      calling.abort();
      expect((await failureOf(rest)).code).toBe('cancelled');
      await connector.close();
      await proxy.stop();
    });

    test('closing twice, or after the line has ended, is no trouble', async () => {
      const proxy = await startFaultProxy(at.desk.port);
      const connector = await connectorsFor(at.desk.trusted).openIncoming(at.desk.signIn({ port: proxy.port }), soon());
      await proxy.stop();
      await connector.close();
      await connector.close();
    });
  });
}
