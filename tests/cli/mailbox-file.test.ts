import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { changedSettings, mailboxChangesSchema } from '../../src-main/cli/mailbox-changes.ts';
import { mailboxFileSchema } from '../../src-main/cli/mailbox-file.ts';
import { settingsFrom } from '../../src-main/cli/mailbox-file-settings.ts';
import { jsonSchemas } from '../../src-main/cli/write-json-schema.ts';
import { mailboxSettingsSchema } from '../../src-shared/domain/mailbox.ts';
import type { Detection } from '../../src-shared/domain/provider.ts';

const unknown: Detection = {
  address: 'help@here.test',
  domain: 'here.test',
  source: 'guess',
  provider: null,
  incoming: null,
  outgoing: null,
  login: 'help@here.test',
};
const found: Detection = {
  ...unknown,
  source: 'directory',
  incoming: { host: 'imap.here.test', port: 993, encryption: 'tls' },
  outgoing: { host: 'smtp.here.test', port: 587, encryption: 'starttls' },
};
const parse = (file: object) => mailboxFileSchema.parse({ address: 'help@here.test', ...file });

test('an address alone is enough where the provider is known', () => {
  const settings = settingsFrom(parse({ pollMinutes: 7 }), found);
  expect(mailboxSettingsSchema.parse(settings)).toEqual(settings);
  expect(settings).toMatchObject({
    name: 'help@here.test',
    incoming: { host: 'imap.here.test', port: 993, encryption: 'tls', login: 'help@here.test', signIn: 'password' },
    outgoing: { host: 'smtp.here.test', port: 587, encryption: 'starttls' },
    sender: { fromAddress: 'help@here.test', fromName: 'help@here.test', replyTo: 'help@here.test' },
    loading: { firstLoadPeriod: 'month', automatic: true, pollMinutes: 7 },
    collectsTickets: false,
    log: 'errors',
    dates: { clientSecretEnds: null, passwordDays: null },
  });
});

test('what the file says wins over what was found', () => {
  const settings = settingsFrom(parse({ incoming: { encryption: 'starttls', login: 'help' }, outgoing: null }), found);
  // The port that was found belongs to another encryption.
  expect(settings.incoming).toMatchObject({ host: 'imap.here.test', port: 143, encryption: 'starttls', login: 'help' });
  expect(settings.outgoing).toBeNull();
});

test('one that only sends needs no incoming server and has nothing to load', () => {
  const settings = settingsFrom(parse({ incoming: null }), { ...found, incoming: null });
  expect(mailboxSettingsSchema.parse(settings)).toEqual(settings);
  expect([settings.incoming, settings.outgoing?.host]).toEqual([null, 'smtp.here.test']);
  const wrong: [object, string][] = [
    [{ folders: ['INBOX'] }, 'folders'],
    [{ afterwards: { kind: 'mark-read' } }, 'afterwards.kind'],
    [{ outgoing: null }, 'outgoing'],
  ];
  for (const [more, at] of wrong)
    expect(() => settingsFrom(parse({ incoming: null, ...more }), found)).toThrow(
      expect.objectContaining({ code: 'input.invalid', params: { at } }),
    );
  expect(mailboxSettingsSchema.safeParse({ ...settings, outgoing: null }).success).toBe(false);
});

test('a host with a prefix or a port is refused by its place, since the file has fields for both', () => {
  for (const host of ['smtps://smtp.here.test', 'smtp.here.test:465', 'smtp.here.test/owa'])
    expect(mailboxFileSchema.safeParse({ address: 'help@here.test', outgoing: { host } }).error?.issues).toMatchObject([
      { path: ['outgoing', 'host'] },
    ]);
});

test('a server that is neither given nor known is asked for by name', () => {
  expect(() => settingsFrom(parse({}), unknown)).toThrow(
    expect.objectContaining({ code: 'input.invalid', params: { at: 'incoming.host' } }),
  );
});

test('a password in the file is refused', () => {
  expect(mailboxFileSchema.safeParse({ address: 'help@here.test', password: 'secret' }).success).toBe(false);
  expect(mailboxFileSchema.safeParse({ address: 'help@here.test', incoming: { password: 'secret' } }).success).toBe(
    false,
  );
});

test('a misspelt word about the server is refused, not taken for leaving it alone', () => {
  const move = { kind: 'move', done: 'Done' };
  expect(parse({ afterwards: move }).afterwards).toEqual({ ...move, failed: null, create: false });
  for (const afterwards of [{ ...move, creat: true }, { kind: 'leave', done: 'Done' }, { kind: 'remove' }])
    expect(mailboxFileSchema.safeParse({ address: 'help@here.test', afterwards }).success).toBe(false);
});

test('changes name what changes; the rest stays as it is', () => {
  const before = settingsFrom(parse({ lane: 2, pollMinutes: 7, folders: 'all' }), found);
  const read = (changes: object) => changedSettings(before, mailboxChangesSchema.parse(changes));
  expect(read({})).toEqual(before);
  expect(read({ largestMb: 5, pollMinutes: null, folders: ['INBOX'] })).toEqual({
    ...before,
    loading: { ...before.loading, largestMb: 5, pollMinutes: null, folders: 'chosen' },
  });
  expect(read({ afterwards: { kind: 'mark-read' } })).toEqual({ ...before, afterwards: { kind: 'mark-read' } });
  for (const wrong of [{ address: 'other@here.test' }, { password: 'x' }, { lane: 4 }, { firstLoadPeriod: 'year' }])
    expect(mailboxChangesSchema.safeParse(wrong).success).toBe(false);
});

test('a POP3 mailbox has its own usual ports, no server that was found for IMAP, and no wishes that POP3 cannot fulfil', () => {
  const incoming = { protocol: 'pop3', host: 'pop.here.test' };
  const settings = settingsFrom(parse({ incoming, afterwards: { kind: 'delete', afterDays: 7 } }), found);
  expect(mailboxSettingsSchema.parse(settings)).toEqual(settings);
  expect(settings.incoming).toMatchObject({ protocol: 'pop3', host: 'pop.here.test', port: 995, encryption: 'tls' });
  const refused = (file: object, at: string) =>
    expect(() => settingsFrom(parse({ incoming, ...file }), found)).toThrow(
      expect.objectContaining({ code: 'input.invalid', params: { at } }),
    );
  refused({ incoming: { protocol: 'pop3' } }, 'incoming.host');
  refused({ afterwards: { kind: 'mark-read' } }, 'afterwards.kind');
  refused({ newMail: 'unread' }, 'newMail');
  refused({ folders: 'all' }, 'folders');
  const changes = mailboxChangesSchema.parse({ newMail: 'unread' });
  expect(() => changedSettings(settings, changes)).toThrow(expect.objectContaining({ params: { at: 'newMail' } }));
});

test('with the provider’s sign-in both directions use it, and what does not fit is refused by name', () => {
  const oauth = { authority: 'microsoft', clientId: 'desk' };
  const settings = settingsFrom(parse({ oauth }), found);
  expect(mailboxSettingsSchema.parse(settings)).toEqual(settings);
  expect([settings.incoming?.signIn, settings.outgoing?.signIn]).toEqual(['oauth2', 'oauth2']);
  expect(settings.oauth).toMatchObject({ authority: 'microsoft', flow: 'interactive', proof: 'none' });
  const relay = settingsFrom(parse({ oauth, outgoing: { signIn: 'none' } }), found);
  expect(relay.outgoing?.signIn).toBe('none');
  const refused = (file: object, at: string) =>
    expect(() => settingsFrom(parse(file), found)).toThrow(
      expect.objectContaining({ code: 'input.invalid', params: { at } }),
    );
  refused({ incoming: { signIn: 'oauth2' } }, 'oauth');
  refused({ oauth: { ...oauth, authority: 'other' } }, 'oauth.issuer');
  refused({ oauth: { ...oauth, authority: 'google', flow: 'application' } }, 'oauth.proof');
  expect(mailboxFileSchema.safeParse({ address: 'a@here.test', oauth: { ...oauth, secret: 'x' } }).success).toBe(false);
});

test('Graph takes tokens alone, and a token is for it or for the mail servers', () => {
  const oauth = { authority: 'microsoft', clientId: 'app' };
  const graph = { protocol: 'graph' } as const;
  const read = (file: object) => settingsFrom(parse({ oauth, incoming: graph, outgoing: graph, ...file }), found);
  expect(read({})).toMatchObject({ incoming: { signIn: 'oauth2' }, outgoing: { protocol: 'graph', signIn: 'oauth2' } });
  expect(read({ outgoing: { signIn: 'password' } }).outgoing).toMatchObject({ signIn: 'password' });
  const refused = (file: object, at: string) =>
    expect(() => read(file)).toThrow(expect.objectContaining({ code: 'input.invalid', params: { at } }));
  refused({ incoming: { ...graph, signIn: 'password' } }, 'incoming.signIn');
  refused({ outgoing: { ...graph, signIn: 'password' } }, 'outgoing.signIn');
  refused({ outgoing: { signIn: 'oauth2' } }, 'outgoing.signIn');
  refused({ incoming: {} }, 'outgoing.signIn');
});

test('an Exchange server is named once for both directions', () => {
  const incoming = {
    protocol: 'ews',
    host: 'mail.here.test',
    exchange: { domain: 'CORP', mailbox: 'office@here.test' },
  };
  const settings = settingsFrom(parse({ incoming, outgoing: { protocol: 'ews' } }), found);
  expect(mailboxSettingsSchema.parse(settings)).toEqual(settings);
  const exchange = {
    path: '/EWS/Exchange.asmx',
    version: 'automatic',
    windows: true,
    domain: 'CORP',
    mailbox: 'office@here.test',
  };
  const server = {
    protocol: 'ews',
    host: 'mail.here.test',
    port: 443,
    encryption: 'tls',
    login: 'help@here.test',
    exchange,
  };
  expect(settings).toMatchObject({ incoming: server, outgoing: server });
  expect(() => settingsFrom(parse({ incoming: { protocol: 'ews' } }), found)).toThrow('input.invalid');
});

test('the JSON Schemas of the guide are current', async () => {
  // Written by: node src-main/cli/write-json-schema.ts
  expect(jsonSchemas().map(([file]) => file)).toEqual(['mailbox.schema.json', 'mailbox-changes.schema.json']);
  for (const [file, text] of jsonSchemas()) expect(await readFile(`docs/guide/${file}`, 'utf8')).toBe(text);
});

test.each(['calendar', 'contacts'] as const)('%s is loaded where it is asked for and there is one', (what) => {
  const ews = { protocol: 'ews', host: 'mail.here.test' };
  const read = (file: object) => settingsFrom(parse({ incoming: ews, ...file }), found);
  expect(read({})[what]).toBe(false);
  const settings = read({ [what]: true });
  expect(settings[what]).toBe(true);
  const change = (changes: object) => changedSettings(settings, mailboxChangesSchema.parse(changes));
  expect(change({ description: 'x' })[what]).toBe(true);
  expect(change({ [what]: false })[what]).toBe(false);
  const refusal = expect.objectContaining({ code: 'input.invalid', params: { at: what } });
  expect(() => settingsFrom(parse({ [what]: true }), found)).toThrow(refusal);
  const imap = settingsFrom(parse({}), found);
  expect(() => changedSettings(imap, mailboxChangesSchema.parse({ [what]: true }))).toThrow(refusal);
});
