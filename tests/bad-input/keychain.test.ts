import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Input, MethodName, Output } from '../../src-shared/contract/define-contract.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { type Keyring, type KeyringState, startKeyring } from '../support/keyring.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { letter } from '../sync/open-console.ts';
import { addMailbox, changeMailbox, loadAll, openMain, subjectsOf } from './main-process.ts';
import { expectSaid, failureOf } from './said.ts';

const script = join(import.meta.dirname, 'console-in-keyring.ts');
const askKeychain = join(import.meta.dirname, '..', 'credentials', 'ask-keychain.ts');
let dovecot: Dovecot;
let folder: ReturnType<typeof temporaryFolder>;
let profile: string;
let keyrings: Keyring[];

beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());
beforeEach(() => {
  folder = temporaryFolder();
  profile = join(folder.path, 'profile');
  keyrings = [];
});
afterEach(async () => {
  for (const keyring of keyrings) await keyring.stop();
  folder[Symbol.dispose]();
});

async function keyringThatIs(state: KeyringState): Promise<Keyring> {
  const keyring = await startKeyring(state);
  keyrings.push(keyring);
  return keyring;
}

/** The console in a process of its own, which sees this keyring; fails with what keeps the profile closed. */
async function openIn({ env }: Keyring) {
  const child = spawn(process.execPath, [script, profile], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const { value: line } = await answers.next();
    if (line === undefined) throw new Error('the console has ended');
    const { value, problem } = JSON.parse(line) as { value: unknown; problem?: WireError };
    if (problem) throw new AppError(problem.code, problem.params);
    return value;
  };
  await answer();
  return {
    async call<N extends MethodName<AppContract>>(name: N, input: Input<AppContract, N>) {
      child.stdin.write(`${JSON.stringify({ name, input })}\n`);
      return (await answer()) as Output<AppContract, N>;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

const deliver = (user: string, subject: string) => fillMaildir(dovecot, user, 'INBOX', [{ raw: letter(subject) }]);
const database = () => readFileSync(join(profile, 'mailroom.db'));

/** A profile whose passwords and key lie in this keyring, with one letter loaded. */
async function makeProfile(keyring: Keyring, user: string) {
  deliver(user, 'before');
  await using main = await openIn(keyring);
  const mailbox = await addMailbox(main, { user, port: dovecot.imapPort });
  expect((await loadAll(main))(mailbox).problem).toBeNull();
  return mailbox;
}

test('a keychain that is locked while the console is open: loading says so, reading goes on', async () => {
  const keyring = await keyringThatIs('unlocked');
  const mailbox = await makeProfile(keyring, 'midway');
  deliver('midway', 'meanwhile');
  {
    await using main = await openIn(keyring);
    keyring.lock();
    expectSaid((await loadAll(main))(mailbox).problem, 'vault.locked');
    expectSaid((await main.call('console.health', undefined)).vault.problem, 'vault.locked');
    expectSaid(await failureOf(addMailbox(main, { user: 'other', port: dovecot.imapPort })), 'vault.locked');
    expect(await main.call('mailboxes.list', undefined)).toHaveLength(1);
    expect(await subjectsOf(main, mailbox)).toEqual(['before']);
  }
  await keyring.unlock();
  await using main = await openIn(keyring);
  expect((await loadAll(main))(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  expect(await subjectsOf(main, mailbox)).toEqual(['before', 'meanwhile']);
});

test('an entry that somebody deleted in the keychain stops its mailbox alone; typed anew, the mailbox catches up', async () => {
  const keyring = await keyringThatIs('unlocked');
  const stopped = await makeProfile(keyring, 'deleted');
  const { profileId } = JSON.parse(readFileSync(join(profile, 'profile.json'), 'utf8')) as { profileId: string };
  await using main = await openIn(keyring);
  const other = await addMailbox(main, { user: 'beside', port: dovecot.imapPort });
  await promisify(execFile)(process.execPath, [askKeychain, profileId, 'delete', `incoming ${stopped.id}`], keyring);
  deliver('deleted', 'meanwhile');
  deliver('beside', 'beside it');
  const reportOf = await loadAll(main);
  expectSaid(reportOf(stopped).problem, 'vault.secret-missing');
  expect(reportOf(other)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  expect(await subjectsOf(main, stopped)).toEqual(['before']);
  await changeMailbox(main, stopped, { user: 'deleted', port: dovecot.imapPort });
  expect((await loadAll(main))(stopped)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  expect(await subjectsOf(main, stopped)).toEqual(['before', 'meanwhile']);
});

test.each([
  ['locked', 'vault.locked'],
  ['absent', 'vault.unavailable'],
] as const)(
  'a profile whose keychain is %s stays closed and untouched, and opens when it is back',
  async (state, code) => {
    const keyring = await keyringThatIs('unlocked');
    const mailbox = await makeProfile(keyring, state);
    const before = database();
    if (state === 'locked') keyring.lock();
    const now = state === 'locked' ? keyring : await keyringThatIs(state);
    expectSaid(await failureOf(openIn(now)), code);
    expect(database().equals(before)).toBe(true);
    if (state === 'locked') await keyring.unlock();
    await using main = await openIn(keyring);
    expect(await subjectsOf(main, mailbox)).toEqual(['before']);
    expect((await loadAll(main))(mailbox).problem).toBeNull();
  },
);

test('a machine without a keychain makes no profile by itself, and one under a passphrase on purpose', async () => {
  const absent = await keyringThatIs('absent');
  expectSaid(await failureOf(openIn(absent)), 'vault.unavailable');
  for (const file of ['mailroom.db', 'profile.json', 'vault.json']) expect(existsSync(join(profile, file))).toBe(false);
  await using main = await openMain({ profile });
  deliver('purpose', 'here');
  const mailbox = await addMailbox(main, { user: 'purpose', port: dovecot.imapPort });
  expect((await loadAll(main))(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
});
