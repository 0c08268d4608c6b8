import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { profilePaths } from '../../src-main/app/paths.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { makeProfile } from '../faults/collecting-console.ts';
import { settingsFor as oauthFor } from '../sign-in/sign-in-desk.ts';
import { commandLinesOf } from '../support/command-lines.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { startJudgedDovecot } from '../support/judged-dovecot.ts';
import { rowsByTable } from '../support/profile-rows.ts';
import { browse } from '../support/scripted-browser.ts';
import { letter } from '../sync/open-console.ts';
import { loadAll, type MainProcess, openMain, passphrase, settingsOf } from './main-process.ts';
import { leaksIn, textOfFiles } from './search-for-secrets.ts';
import { seenOf } from './seen-of-mailboxes.ts';

// The judge of sign-ins remembers every code, verifier and token that went over a line: afterwards each is looked for in everything that was written.
const { certificates, judge, dovecot, stop } = await startJudgedDovecot();
afterAll(stop);

const protocols = ['imap', 'pop3'] as const;
const librariesOf = { imap: 'openid-client', pop3: 'msal' } as const;

async function settingsWith(protocol: (typeof protocols)[number]): Promise<MailboxSettings> {
  const user = `token-${protocol}`;
  const port = protocol === 'imap' ? dovecot.imapsPort : dovecot.pop3sPort;
  const byToken = { encryption: 'tls', signIn: 'oauth2', login: `${user}@company.example` } as const;
  const settings = settingsOf({ user, port, endpoint: { protocol, ...byToken } });
  const submission = { protocol: 'smtp', port: dovecot.submissionPort, encryption: 'starttls' } as const;
  const outgoing = { ...settings.incoming, ...submission };
  return { ...settings, outgoing, oauth: await oauthFor(judge, librariesOf[protocol]), log: 'full' };
}

async function addSignedIn(main: MainProcess, settings: MailboxSettings): Promise<Mailbox> {
  const draft = { settings, password: null, outgoingPassword: null, mailboxId: null };
  const { signInId } = await main.call('mailboxes.signIn', { draft });
  const path = { path: 'INBOX', name: 'INBOX', separator: '/', role: 'inbox', selectable: true } as const;
  return main.call('mailboxes.add', {
    draft: { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } },
    folders: [{ ...path, identity: null, selected: true }],
    learnProviderId: null,
  });
}

/** Loaded and checked; with all that was seen of it. */
async function useTokens(main: MainProcess, outcome: string | null): Promise<string> {
  const mailboxes = await main.call('mailboxes.list', undefined);
  const reportOf = await loadAll(main);
  expect(mailboxes.map((mailbox) => reportOf(mailbox).problem?.code ?? null)).toEqual(protocols.map(() => outcome));
  return seenOf(main, mailboxes);
}

test('no code, verifier or token of a sign-in is in an answer, a report, a log, an export, a file, the database or an argument', async () => {
  for (const protocol of protocols)
    fillMaildir(dovecot, `token-${protocol}`, 'INBOX', [{ raw: letter(`Loaded over ${protocol}`) }]);
  using place = await makeProfile();
  const saved = join(place.profile, '..', 'saved');
  mkdirSync(saved);
  const vault = profilePaths(place.profile).passphraseVault;
  let people = 0;
  const open = () =>
    openMain({
      profile: place.profile,
      extraCertificates: [certificates.caPem],
      saveAs: (name) => join(saved, `${randomUUID()}-${name}`),
      openLink: async (address) => {
        const login = `token-${protocols[people++ % protocols.length]}@company.example`;
        void browse(address, { login, caPem: certificates.caPem });
      },
    });
  let answers = '';
  let lines: readonly string[];
  {
    await using main = await open();
    // Over before they are used: the first use renews them, and the refresh tokens with them.
    judge.tokenSeconds = 1;
    for (const protocol of protocols) await addSignedIn(main, await settingsWith(protocol));
    judge.tokenSeconds = 3600;
    answers += await useTokens(main, null);
    lines = commandLinesOf(process.pid);
  }
  judge.revokeAll();
  {
    await using main = await open();
    answers += await useTokens(main, 'auth.expired');
  }
  const secrets = Object.fromEntries([...judge.secrets].map((secret, n) => [`secret ${n}`, secret]));
  const rows = Object.values(await rowsByTable(place.profile, passphrase))
    .flat()
    .join('\n');
  const files = textOfFiles(join(place.profile, '..'), [vault]);
  // The control: two sign-ins and their renewals were heard, and what is no secret is found where it belongs.
  expect(judge.asked.map(({ grant }) => grant)).toEqual(
    expect.arrayContaining(['authorization_code', 'refresh_token']),
  );
  expect(judge.secrets.size).toBeGreaterThan(8);
  const heard = [...judge.secrets].map((secret) => `Bearer ${secret}`).join('\n');
  expect(leaksIn(heard, secrets)).toEqual(Object.keys(secrets));
  expect([rows.includes('Loaded over imap'), rows.includes('Loaded over pop3')]).toEqual([true, true]);
  expect([answers, rows, files, lines.join('\n')].map((text) => leaksIn(text, secrets))).toEqual([[], [], [], []]);
});
