import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReceivingMailbox } from '../../src-shared/domain/mailbox-directions.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir, maildirOf } from '../support/fill-maildir.ts';
import { addMailbox, letter, loadOnce, openConsole, subjectsOf, type TestConsole } from '../sync/open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

/** As of a server restored elsewhere, or one that numbers every folder alike: UIDVALIDITY and UIDs of the other, whose letters need not be the same. */
function putWithNumbersOf(other: string, user: string, changed: Readonly<Record<string, string>>): void {
  const [from, to] = [other, user].map((one) => maildirOf(dovecot, one, 'INBOX'));
  if (from === undefined || to === undefined) return;
  // With the owners of the files.
  execFileSync('cp', ['-a', dirname(from), dirname(to)]);
  for (const name of readdirSync(to)) if (name.startsWith('dovecot.index')) rmSync(join(to, name));
  for (const part of ['new', 'cur'])
    for (const name of readdirSync(join(to, part))) {
      const path = join(to, part, name);
      const raw = readFileSync(path, 'latin1');
      const [before, after] = Object.entries(changed).find(([subject]) => raw.includes(`Subject: ${subject}`)) ?? [];
      if (before === undefined || after === undefined) continue;
      const another = raw.replaceAll(before, after).replace(/(?<=^Message-ID: <)[^@]+/m, crypto.randomUUID());
      writeFileSync(path, another, 'latin1');
    }
}

const put = (user: string, subjects: readonly string[]) =>
  fillMaildir(
    dovecot,
    user,
    'INBOX',
    subjects.map((subject) => ({ raw: letter(subject) })),
  );

const moveTo = (console: TestConsole, { id, settings }: ReceivingMailbox, login: string) =>
  console.accounts.update({
    settings: { ...settings, incoming: { ...settings.incoming, login } },
    password: null,
    outgoingPassword: null,
    mailboxId: id,
  });

describe('a mailbox whose page names another place', () => {
  test('loads what lies there, though it is numbered as what was loaded before; the same letter stays one', async () => {
    await using console = await openConsole();
    put('before', ['one', 'two', 'ten']);
    const mailbox = await addMailbox(console, { user: 'before', port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    putWithNumbersOf('before', 'after', { two: 'six' });

    await moveTo(console, mailbox, 'after');
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1, onServer: 3 }] });
    expect((await subjectsOf(console, mailbox)).sort()).toEqual(['one', 'six', 'ten', 'two']);
    const [balance] = await console.store.call('ledger.balances', { mailboxId: mailbox.id });
    expect(balance).toMatchObject({ onServer: 3, inLedger: 3, unexplained: [] });

    await moveTo(console, mailbox, 'before');
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0, onServer: 3 }] });
    expect((await subjectsOf(console, mailbox)).sort()).toEqual(['one', 'six', 'ten', 'two']);
  });

  test('goes on where it was when only its name or its encryption changed', async () => {
    await using console = await openConsole();
    put('stays', ['one', 'two']);
    const mailbox = await addMailbox(console, { user: 'stays', port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    const cursors = () => console.store.call('folders.cursors', { mailboxId: mailbox.id });
    const before = await cursors();
    await console.accounts.update({
      settings: { ...mailbox.settings, name: 'Another name' },
      password: null,
      outgoingPassword: null,
      mailboxId: mailbox.id,
    });
    expect(await cursors()).toEqual(before);
  });

  test('is not moved while another console works on it', async () => {
    await using console = await openConsole();
    put('leased', ['one']);
    const mailbox = await addMailbox(console, { user: 'leased', port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    const now = Date.now();
    await console.store.call('leases.take', { mailboxId: mailbox.id, owner: 'another', now, until: now + 60_000 });
    expect((await failureOf(moveTo(console, mailbox, 'elsewhere'))).code).toBe('mailbox.leased');
    expect(await console.accounts.get(mailbox.id)).toEqual(mailbox);
  });
});
