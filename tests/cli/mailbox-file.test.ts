import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mailboxFileSchema, settingsFrom } from '../../src-main/cli/mailbox-file.ts';
import { mailboxJsonSchema } from '../../src-main/cli/write-json-schema.ts';
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
  const settings = settingsFrom(parse({}), found, 7);
  expect(mailboxSettingsSchema.parse(settings)).toEqual(settings);
  expect(settings).toMatchObject({
    name: 'help@here.test',
    incoming: { host: 'imap.here.test', port: 993, encryption: 'tls', login: 'help@here.test', signIn: 'password' },
    outgoing: { host: 'smtp.here.test', port: 587, encryption: 'starttls' },
    sender: { fromAddress: 'help@here.test', fromName: 'help@here.test', replyTo: 'help@here.test' },
    loading: { firstLoadPeriod: 'month', automatic: true, pollMinutes: 7 },
    collectsTickets: false,
  });
});

test('what the file says wins over what was found', () => {
  const settings = settingsFrom(
    parse({ incoming: { encryption: 'starttls', login: 'help' }, outgoing: null }),
    found,
    5,
  );
  // The port that was found belongs to another encryption.
  expect(settings.incoming).toMatchObject({ host: 'imap.here.test', port: 143, encryption: 'starttls', login: 'help' });
  expect(settings.outgoing).toBeNull();
});

test('a server that is neither given nor known is asked for by name', () => {
  expect(() => settingsFrom(parse({}), unknown, 5)).toThrow(
    expect.objectContaining({ code: 'input.invalid', params: { at: 'incoming.host' } }),
  );
});

test('a password in the file is refused', () => {
  expect(mailboxFileSchema.safeParse({ address: 'help@here.test', password: 'secret' }).success).toBe(false);
  expect(mailboxFileSchema.safeParse({ address: 'help@here.test', incoming: { password: 'secret' } }).success).toBe(
    false,
  );
});

test('the JSON Schema of the guide is current', async () => {
  // Written by: node src-main/cli/write-json-schema.ts
  expect(await readFile('docs/guide/mailbox.schema.json', 'utf8')).toBe(mailboxJsonSchema());
});
