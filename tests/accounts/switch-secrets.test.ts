import { afterAll, describe, expect, test } from 'vitest';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { settingsFor as oauthFor, signInDesk } from '../sign-in/sign-in-desk.ts';
import { startJudgedDovecot } from '../support/judged-dovecot.ts';
import { addMailbox, loadOnce, openConsole, soon } from '../sync/open-console.ts';
import { draftOf, put, switchTo } from './switch-desk.ts';

const { certificates, judge, dovecot, stop } = await startJudgedDovecot();
afterAll(stop);

const day = 86_400_000;
describe('from one sign-in of a person to another at an authority that takes each grant once', () => {
  const hour = 3_600_000;
  async function opened(address: string) {
    let passed = 0;
    const desk = signInDesk(certificates.caPem, { login: address }, { now: () => passed });
    const console = await openConsole({}, undefined, {
      signIns: desk.signIns,
      extraCertificates: [certificates.caPem],
    });
    const user = address.replace(/@.*/, '');
    put(dovecot, user, ['one']);
    const added = await addMailbox(console, { user, port: dovecot.imapPort });
    const signedIn = async (draft: MailboxDraft): Promise<MailboxDraft> => {
      const { signInId } = await console.accounts.signIn(draft, soon());
      return { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } };
    };
    const byToken = { port: dovecot.imapsPort, encryption: 'tls', login: address, signIn: 'oauth2' } as const;
    const incoming = { ...added.settings.incoming, ...byToken };
    const oauth = await oauthFor(judge, 'openid-client');
    await console.accounts.update(await signedIn(draftOf(added, { oauth, incoming })), true);
    const mailbox = await console.accounts.get(added.id);
    const other = draftOf(mailbox, { incoming: { ...incoming, port: dovecot.imapPort, encryption: 'starttls' } });
    return {
      ...{ console, mailbox: { ...added, settings: { ...mailbox.settings, incoming } }, other, signedIn },
      /** By then every token has ended. */
      passAnHour: () => {
        passed += hour;
      },
    };
  }

  test('the running one’s sign-in is not copied: without one of its own nothing is prepared', async () => {
    const { console, mailbox, other } = await opened('keeper@company.example');
    await using _closing = console;
    const before = new Map(console.secrets);
    expect(await failureOf(console.accounts.switches.prepare(other))).toMatchObject({ code: 'auth.sign-in-missing' });
    expect(console.secrets).toEqual(before);
    expect(await console.accounts.switches.list()).toEqual([]);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
  });

  test('each lives by its own: while it is prepared, after the switch and after the way back', async () => {
    const { console, mailbox, other, signedIn, passAnHour } = await opened('roamer@company.example');
    await using _closing = console;
    const { switches } = console.accounts;
    const bothWork = async () => {
      passAnHour();
      expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
      expect(await switches.check(mailbox.id, soon())).toMatchObject({ ok: true });
    };
    await switches.prepare(await signedIn(other));
    await bothWork();
    await bothWork();
    await switches.try(mailbox.id, soon());
    await switches.apply(mailbox.id, false);
    passAnHour();
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
    await switches.back(mailbox.id, false);
    await bothWork();
  });
});

test('a password is as old as it was typed: a copy like the one in force, a new one since it was prepared, each time anew', async () => {
  const typedAt = Date.UTC(2026, 8, 1);
  let now = typedAt;
  await using console = await openConsole({}, () => now);
  const mailbox = await addMailbox(console, { user: 'aged', port: dovecot.imapPort });
  const { switches } = console.accounts;
  const passwordSet = async () =>
    (await console.store.call('dates.facts', undefined)).flatMap(({ fact, at }) =>
      fact === 'password-set' ? [(at - typedAt) / day] : [],
    );
  await console.store.call('dates.note', { mailboxId: mailbox.id, fact: 'password-set', at: typedAt });
  now += 80 * day;
  const incoming = { ...mailbox.settings.incoming, protocol: 'pop3', port: dovecot.pop3Port } as const;
  await switchTo(console, mailbox, draftOf(mailbox, { incoming }));
  expect(await passwordSet()).toEqual([0]);
  await switches.back(mailbox.id, false);
  expect(await passwordSet()).toEqual([0]);

  await switchTo(console, mailbox, { ...draftOf(mailbox, { incoming }), password: 'secret' });
  expect(await passwordSet()).toEqual([80]);
  now += day;
  await switches.back(mailbox.id, false);
  expect(await passwordSet()).toEqual([0]);
  await switches.apply(mailbox.id, false);
  expect(await passwordSet()).toEqual([80]);
});
