import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TokenOwner } from '../../src-main/sign-in/sign-in.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { createCertificates } from '../support/certificates.ts';
import { type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { registrationOf, settingsFor, signInDesk } from './sign-in-desk.ts';

let dir: string;
let judge: SignInJudge;
let caPem: string;
const soon = () => AbortSignal.timeout(20_000);
const renewals = () => judge.asked.filter(({ grant }) => grant === 'refresh_token').length;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-judge-'));
  const certificates = createCertificates(dir);
  caPem = certificates.caPem;
  judge = await startSignInJudge({ certificates });
});
afterAll(async () => {
  await judge.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  judge.tokenSeconds = 3600;
});

describe.each(['openid-client', 'msal'] as const)('a token is renewed (%s)', (library) => {
  /** Somebody who has signed in, a clock that a test moves, and the place where the grant is kept. */
  const signedIn = async () => {
    const clock = { milliseconds: 0 };
    const { signIns } = signInDesk(caPem, { login: 'anna@firma.test' }, { now: () => clock.milliseconds });
    const registration = registrationOf(await settingsFor(judge, library));
    const granted = await signIns.signIn(registration, soon());
    const kept: { grant: string | null; writes: string[]; locked: boolean } = {
      grant: granted.grant,
      writes: [],
      locked: false,
    };
    const owner: TokenOwner = {
      key: 'anna',
      registration,
      slot: {
        read: async () => kept.grant,
        write: async (grant) => {
          if (kept.locked) throw new AppError('vault.locked');
          kept.grant = grant;
          kept.writes.push(grant);
        },
      },
    };
    const later = (seconds: number): void => {
      clock.milliseconds += seconds * 1000;
    };
    return { signIns, owner, kept, later, granted };
  };

  test('before it ends, and until then it is the same', async () => {
    const { signIns, owner, later } = await signedIn();
    const first = await signIns.tokenFor(owner, null, soon());
    later(3200);
    expect(await signIns.tokenFor(owner, null, soon())).toBe(first);
    later(200);
    expect(await signIns.tokenFor(owner, null, soon())).not.toBe(first);
  });

  test('and whether one is held is known', async () => {
    const { signIns, owner, later } = await signedIn();
    expect(signIns.holds(owner)).toBe(false);
    await signIns.tokenFor(owner, null, soon());
    expect(signIns.holds(owner)).toBe(true);
    expect(signIns.holds({ ...owner, registration: { ...owner.registration, uses: ['imap'] } })).toBe(false);
    later(3400);
    expect(signIns.holds(owner)).toBe(false);
  });

  test('once for all who ask at the same time, and the next grant is kept before anyone has the token', async () => {
    const { signIns, owner, kept } = await signedIn();
    const before = renewals();
    const tokens = await Promise.all([1, 2, 3, 4].map(() => signIns.tokenFor(owner, null, soon())));
    expect(new Set(tokens).size).toBe(1);
    expect(renewals() - before).toBe(1);
    expect(kept.writes).toHaveLength(1);
    // The one before is used up: the authority rotates.
    const again = await signIns.tokenFor(owner, tokens[0] ?? '', soon());
    expect(again).not.toBe(tokens[0]);
    expect(kept.writes).toHaveLength(2);
  });

  test('at once when the server refused it, and once for all whom it refused', async () => {
    const { signIns, owner } = await signedIn();
    const first = await signIns.tokenFor(owner, null, soon());
    const before = renewals();
    const others = await Promise.all([1, 2, 3].map(() => signIns.tokenFor(owner, first, soon())));
    expect(new Set(others).size).toBe(1);
    expect(others[0]).not.toBe(first);
    expect(renewals() - before).toBe(1);
  });

  test('and goes on to its end when the one who asked goes away', async () => {
    const { signIns, owner, kept } = await signedIn();
    const leaving = new AbortController();
    const asked = signIns.tokenFor(owner, null, leaving.signal);
    leaving.abort();
    expect((await failureOf(asked)).code).toBe('cancelled');
    await signIns.settled();
    expect(kept.writes).toHaveLength(1);
    await signIns.tokenFor(owner, null, soon());
    expect(kept.writes).toHaveLength(1);
  });

  test('a grant that is none any more is a sign-in that is missing', async () => {
    const { signIns, owner, kept } = await signedIn();
    kept.grant = library === 'msal' ? JSON.stringify({ ...JSON.parse(kept.grant ?? ''), RefreshToken: {} }) : null;
    expect((await failureOf(signIns.tokenFor(owner, null, soon()))).code).toBe('auth.sign-in-missing');
  });

  test('a grant that a locked vault did not take is not lost', async () => {
    const { signIns, owner, kept } = await signedIn();
    kept.locked = true;
    expect((await failureOf(signIns.tokenFor(owner, null, soon()))).code).toBe('vault.locked');
    kept.locked = false;
    // The grant in the vault is used up by now: only the one in memory can be renewed.
    expect(await signIns.tokenFor(owner, null, soon())).not.toBe('');
    expect(kept.writes.length).toBeGreaterThan(0);
  });

  test('what was withdrawn is told as a sign-in that has run out', async () => {
    const { signIns, owner } = await signedIn();
    judge.revokeAll();
    expect(await failureOf(signIns.tokenFor(owner, null, soon()))).toMatchObject({
      code: 'auth.expired',
      params: { host: 'localhost' },
    });
  });

  test.each([
    ['a second factor', { error: 'invalid_grant', error_description: 'AADSTS50076: …' }, 'auth.consent-required'],
    ['the administrator’s approval', { error: 'consent_required' }, 'auth.consent-required'],
    ['another secret', { error: 'invalid_client', error_description: 'AADSTS7000222: …' }, 'auth.client-refused'],
    ['a right clock', { error: 'invalid_client', error_description: 'AADSTS700024: …' }, 'auth.clock-off'],
  ])('an authority that wants %s says so', async (_wish, body, code) => {
    const { signIns, owner } = await signedIn();
    judge.planned.push({ status: 400, body });
    expect((await failureOf(signIns.tokenFor(owner, null, soon()))).code).toBe(code);
  });

  test('an authority that is not well is no reason to sign in again', async () => {
    const { signIns, owner } = await signedIn();
    judge.planned.push({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect((await failureOf(signIns.tokenFor(owner, null, soon()))).code).toBe('server.unavailable');
    expect(await signIns.tokenFor(owner, null, soon())).not.toBe('');
  });

  test('nobody signed in yet is told as that', async () => {
    const { signIns, owner, kept } = await signedIn();
    kept.grant = null;
    expect((await failureOf(signIns.tokenFor(owner, null, soon()))).code).toBe('auth.sign-in-missing');
  });
});
