import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createEvents } from '../../../../src-main/events/events.ts';
import { silentLogs } from '../../../../src-main/logs/logs.ts';
import { openHostTrusts } from '../../../../src-main/trust/trust.ts';
import type { MailboxId } from '../../../../src-shared/domain/ids.ts';
import { oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';
import { createCertificates } from '../../../support/certificates.ts';
import { addMailbox, openTestStore, temporaryFolder } from '../../../support/open-store.ts';

const folder = temporaryFolder();
const certificates = createCertificates(folder.path);
const it = await openTestStore();
afterAll(async () => {
  await it[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

test('trusting the authority of a sign-in service wakes the mailboxes that get their tokens from a provider, and no others', async () => {
  const [byToken, byPassword] = await Promise.all(
    ['token@company.example', 'password@company.example'].map((address) => addMailbox(it.store, address)),
  );
  const mailbox = (await it.store.call('mailboxes.list', undefined)).find(({ id }) => id === byToken?.mailboxId);
  if (!mailbox || !byPassword) throw new Error('both are there');
  const issuer = 'https://login.corp.example/';
  const oauth = oauthSettingsSchema.parse({ authority: 'other', issuer, clientId: 'desk' });
  await it.store.call('mailboxes.put', { mailbox: { ...mailbox, settings: { ...mailbox.settings, oauth } } });

  const woken: (MailboxId | null)[] = [];
  const events = createEvents((error) => {
    throw error;
  });
  events.on('mailboxes.changed', ({ mailboxId }) => void woken.push(mailboxId));
  const trusts = await openHostTrusts({ store: it.store, events, log: silentLogs('test') });
  const file = readFileSync(certificates.caFile);
  await trusts.handlers['authorities.add']({ host: 'login.corp.example', file }, AbortSignal.timeout(20_000));
  expect(woken).toEqual([mailbox.id]);
});
