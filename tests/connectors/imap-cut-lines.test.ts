import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type Fault, startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);

describe('a line that is cut', () => {
  let dovecot: Dovecot;
  const raw = `From: a@elsewhere.test\r\nSubject: cut\r\n\r\n${'text\r\n'.repeat(40)}`;
  beforeAll(async () => {
    dovecot = await startDovecot();
    fillMaildir(
      dovecot,
      'bob',
      'INBOX',
      Array.from({ length: 3 }, () => ({ raw })),
    );
  });
  afterAll(() => dovecot.stop());

  /** Loads all three letters through a proxy; gives what came, byte for byte, and how it ended. */
  async function load(fault: Fault) {
    const proxy = await startFaultProxy(dovecot.imapPort, fault);
    const whole: string[] = [];
    try {
      const connector = await hasty.openIncoming(signInTo(proxy.port), soon());
      try {
        const folder = await connector.openFolder('INBOX', soon());
        for await (const letter of folder.fetchLetters([1, 2, 3], soon())) {
          whole.push(Buffer.from(letter.raw).toString());
        }
      } finally {
        await connector.close();
      }
      return { whole, end: 'whole', bytes: proxy.bytes };
    } catch (error) {
      return { whole, end: (await failureOf(Promise.reject(error))).code, bytes: proxy.bytes };
    } finally {
      await proxy.stop();
    }
  }

  test('anywhere: every letter that came is whole, and the call ends by name', async () => {
    const { bytes, whole } = await load({ kind: 'none' });
    expect(whole).toEqual([raw, raw, raw]);
    for (let at = 0; at < bytes - 200; at += 37) {
      const cut = await load({ kind: at % 2 ? 'cut' : 'reset', afterBytes: at });
      expect(cut.whole.every((letter) => letter === raw)).toBe(true);
      expect(cut.end, `cut after ${at} bytes`).toBe('network.dropped');
    }
  });

  test('in small pieces nothing changes', async () => {
    expect((await load({ kind: 'slice', bytes: 7 })).whole).toEqual([raw, raw, raw]);
  });

  test.each([0, 60, 900])('silent after %i bytes, it ends by name', async (afterBytes) => {
    expect((await load({ kind: 'stall', afterBytes })).end).toBe('network.timeout');
  });
});
