import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SignIn, SubmissionReceipt } from '../../../src-main/connectors/connectors.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import { connectorsFor, failureOf, impatientTimes, soon } from '../sign-in.ts';

export const sender = 'bob@company.example';
export const recipients = ['eve@company.example', 'office@company.example'];

/** What a server that takes letters does to the next one. */
export type SendingTrouble =
  /** It has the letter, and its answer is lost. */
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'asks-to-wait'; readonly seconds: number }
  | { readonly kind: 'too-large'; readonly most: number };

export interface SendingDesk {
  readonly port: number;
  readonly trusted: readonly string[];
  signIn(wish?: { readonly port?: number; readonly wrong?: boolean }): SignIn;
  /** Letters that somebody has got, without the lines that servers put before them. */
  arrived(address: string): readonly Buffer[];
  /** How to sign in where this happens. */
  troubled(trouble: SendingTrouble): Promise<SignIn>;
  stop(): Promise<void>;
}

export interface SendingRoom {
  open(): Promise<SendingDesk>;
  close(): Promise<void>;
}

const head = `From: Bob <${sender}>\r\nTo: Eve <${recipients[0]}>,\r\n ${recipients[1]}\r\nMessage-ID: <a@company.example>\r\nSubject: x\r\n\r\n`;
const odd = Buffer.concat([
  Buffer.from(head),
  Buffer.from('.\r\n..\r\n.hidden\r\n\xce\xf2\xe2\xe5\xf2\r\n', 'latin1'),
  Buffer.from(`${'x'.repeat(900)}\r\n\r\n.\r\n`),
]);
const patience = { ...impatientTimes, answer: 5_000, letter: 5_000, silence: 3_000 };

/** What every protocol says and does when a letter is handed over. */
export function sendingSuite(openRoom: () => Promise<SendingRoom>): void {
  let room: SendingRoom;
  let desk: SendingDesk;
  beforeAll(async () => {
    room = await openRoom();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    desk = await room.open();
  });
  afterEach(() => desk.stop());

  const send = (signIn: SignIn, raw: Uint8Array = odd): Promise<SubmissionReceipt> =>
    connectorsFor(desk.trusted, patience).submitLetter(signIn, { from: sender, to: recipients, raw }, soon());
  const arrivals = (): readonly number[] => recipients.map((address) => desk.arrived(address).length);

  test('a letter arrives byte for byte at each address, once, and the server’s words are kept', async () => {
    const receipt = await send(desk.signIn());
    expect(receipt.refused).toEqual([]);
    expect(receipt.serverWords).not.toBe('');
    for (const address of recipients)
      expect(desk.arrived(address).map((raw) => raw.toString('latin1'))).toEqual([odd.toString('latin1')]);
  });

  test('a letter of megabytes arrives whole', async () => {
    const large = Buffer.concat([
      odd,
      Buffer.alloc(2_500_000, 'abcdefghijklmnopqrstuvwxyz0123456789\r\n'),
      Buffer.from('\r\n'),
    ]);
    await send(desk.signIn(), large);
    for (const address of recipients) expect(desk.arrived(address)[0]?.equals(large)).toBe(true);
  });

  test('a wrong password or token is told as such, and nothing is sent', async () => {
    const failure = await failureOf(send(desk.signIn({ wrong: true })));
    expect(failure).toMatchObject({ code: 'auth.rejected', params: { host: 'localhost' } });
    expect(arrivals()).toEqual([0, 0]);
  });

  test.each([
    ['that is refused', { kind: 'refuse' }, /^network\.(dropped|unreachable)$/],
    ['that ends before anything was said', { kind: 'cut', afterBytes: 0 }, /^network\.dropped$/],
    ['that brings nothing', { kind: 'stall', afterBytes: 0 }, /^network\.timeout$/],
  ] as const)('over a line %s it is sure that nothing was sent', async (_, fault, code) => {
    const proxy = await startFaultProxy(desk.port, fault);
    const failure = await failureOf(send(desk.signIn({ port: proxy.port })));
    await proxy.stop();
    expect(failure.code).toMatch(code);
    expect(failure.params).toMatchObject({ host: 'localhost' });
    expect(arrivals()).toEqual([0, 0]);
  });

  test('where the answer is lost after the letter, nobody says that it was not sent, and it is not sent again', async () => {
    const signIn = await desk.troubled({ kind: 'answer-lost' });
    expect((await failureOf(send(signIn))).code).toBe('delivery.unknown');
    expect(arrivals()).toEqual([1, 1]);
  });

  test('a server that wants to be left alone says for how long, and has no letter', async () => {
    const signIn = await desk.troubled({ kind: 'asks-to-wait', seconds: 300 });
    expect(await failureOf(send(signIn))).toMatchObject({ code: 'server.throttled', params: { retryAfter: 300 } });
    expect(arrivals()).toEqual([0, 0]);
  });

  test('a letter that the server finds too large is called so, and nothing is sent', async () => {
    const signIn = await desk.troubled({ kind: 'too-large', most: 100_000 });
    const failure = await failureOf(send(signIn, Buffer.concat([odd, Buffer.alloc(200_000, 'word\r\n')])));
    expect(failure).toMatchObject({ code: 'message.too-large', params: { host: 'localhost' } });
    expect(arrivals()).toEqual([0, 0]);
  });
}
