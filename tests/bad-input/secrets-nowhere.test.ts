import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profilePaths } from '../../src-main/app/paths.ts';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { graphCertificates, startDouble as startGraph } from '../connectors/graph-desk.ts';
import { makeProfile } from '../faults/collecting-console.ts';
import { addGraphMailbox, graphSettings } from '../faults/graph-console.ts';
import { commandLinesOf } from '../support/command-lines.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { applicationToken, clientSecret, type GraphDouble } from '../support/graph/graph-double.ts';
import { rowsByTable } from '../support/profile-rows.ts';
import { letter } from '../sync/open-console.ts';
import { loadAll, type MainProcess, openMain, passphrase, settingsOf } from './main-process.ts';
import { leaksIn, textOfFiles } from './search-for-secrets.ts';
import { seenOf } from './seen-of-mailboxes.ts';

// Secrets are in the vault and nowhere else: each protocol is loaded with right ones, checked and loaded with wrong ones, and then everything that was written is searched.
const secrets = {
  right: 'canary-right-7f3a',
  wrong: 'canary-wrong-91bc',
  clientSecret,
  applicationToken,
};
const certificates = graphCertificates();
let dovecot: Dovecot;
let exchange: ExchangeDouble;
let graph: GraphDouble;

beforeAll(async () => {
  // Beside the password of all tests, which is too common a word to be searched for.
  dovecot = await startDovecot({ extraConfig: `passdb {\n driver = static\n args = password=${secrets.right}\n}` });
  const account = { login: 'nina', password: secrets.right, address: 'nina@company.example' };
  exchange = await startExchangeDouble({ accounts: [account], ways: ['basic', 'ntlm'] });
  graph = await startGraph(certificates);
  for (const user of ['imap', 'pop3']) fillMaildir(dovecot, user, 'INBOX', [{ raw: letter(`Planted for ${user}`) }]);
});
afterAll(async () => {
  await Promise.all([dovecot.stop(), exchange.stop(), graph.stop()]);
  certificates[Symbol.dispose]();
});

/** A mailbox for each protocol and way to sign in, with a full log; and the same with what its server does not take. */
function plans(): readonly { readonly settings: MailboxSettings; readonly password: string }[] {
  const ews = (windows: boolean) =>
    ({ protocol: 'ews', exchange: { ...newExchange, windows }, login: 'nina' }) as const;
  const submission = { protocol: 'smtp', port: dovecot.submissionPort, encryption: 'none' } as const;
  const ways = [
    ['imap', dovecot.imapPort, { protocol: 'imap' }, submission],
    ['pop3', dovecot.pop3Port, { protocol: 'pop3' }, submission],
    ['basic', exchange.port, ews(false), null],
    ['ntlm', exchange.port, ews(true), null],
  ] as const;
  return ways.flatMap(([user, port, endpoint, sending]) =>
    ([secrets.right, secrets.wrong] as const).map((password) => {
      const settings = settingsOf({ user: password === secrets.right ? user : `${user}-refused`, port, endpoint });
      const { protocol: _, ...place } = settings.incoming;
      const outgoing = sending ? { ...place, ...sending } : settings.incoming;
      return { settings: { ...settings, outgoing, log: 'full' } as MailboxSettings, password };
    }),
  );
}

async function useAll(main: MainProcess): Promise<string> {
  const folders = [
    { path: 'INBOX', name: 'INBOX', separator: '/', role: 'inbox', selectable: true, identity: null, selected: true },
  ] as const;
  const mailboxes: Mailbox[] = [];
  for (const { settings, password } of plans()) {
    const draft = { settings, password, outgoingPassword: null, mailboxId: null };
    mailboxes.push(await main.call('mailboxes.add', { draft, folders: [...folders], learnProviderId: null }));
  }
  for (const secret of [secrets.clientSecret, secrets.wrong]) {
    const settings = { ...graphSettings(graph), name: `Graph ${mailboxes.length}`, log: 'full' } as const;
    mailboxes.push(await addGraphMailbox(main, settings, { secret }));
  }
  const reportOf = await loadAll(main);
  const codes = mailboxes.map((mailbox) => reportOf(mailbox).problem?.code ?? null);
  const each = [null, 'auth.rejected'];
  expect(codes).toEqual([...each, ...each, ...each, ...each, null, 'auth.client-refused']);
  return seenOf(main, mailboxes);
}

const leaks = (text: string): readonly string[] => leaksIn(text, secrets);

test('no secret is in an answer, a report, a log, an export, a file, the database or an argument', async () => {
  using place = await makeProfile();
  const saved = join(place.profile, '..', 'saved');
  mkdirSync(saved);
  let answers: string;
  let lines: readonly string[];
  {
    await using main = await openMain({
      profile: place.profile,
      extraCertificates: [certificates.caPem],
      saveAs: (name) => join(saved, `${randomUUID()}-${name}`),
    });
    answers = await useAll(main);
    lines = commandLinesOf(process.pid);
    expect(leaks(textOfFiles(place.profile, [profilePaths(place.profile).passphraseVault]))).toEqual([]);
  }
  const rows = Object.values(await rowsByTable(place.profile, passphrase))
    .flat()
    .join('\n');
  const files = textOfFiles(join(place.profile, '..'), [profilePaths(place.profile).passphraseVault]);
  // The control: what is no secret is found where it belongs.
  const found = [rows.includes('Planted for imap'), files.includes('auth.rejected'), answers.includes('auth.rejected')];
  expect(found).toEqual([true, true, true]);
  expect(lines.length).toBeGreaterThan(1);
  expect([answers, rows, files, lines.join('\n')].map(leaks)).toEqual([[], [], [], []]);
});

test('control: the search finds a secret as it stands and in any line of a sign-in', () => {
  const line = `\0nina\0${secrets.right}`;
  for (const before of ['', 'a', 'ab'])
    expect(leaks(`AUTH PLAIN ${Buffer.from(before + line).toString('base64')}`)).toEqual(['right']);
  expect(leaks(`Basic ${Buffer.from(`nina:${secrets.wrong}`).toString('base64')}`)).toEqual(['wrong']);
  expect(leaks(`client_secret=${secrets.clientSecret}&token=${secrets.applicationToken}`)).toEqual([
    'clientSecret',
    'applicationToken',
  ]);
});
