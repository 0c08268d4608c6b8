import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createEvents } from '../../../../src-main/events/events.ts';
import { silentLogs } from '../../../../src-main/logs/logs.ts';
import { openHostTrusts } from '../../../../src-main/trust/trust.ts';
import type { MailboxId } from '../../../../src-shared/domain/ids.ts';
import { createCertificates } from '../../../support/certificates.ts';
import { addMailbox, openTestStore, temporaryFolder } from '../../../support/open-store.ts';

const folder = temporaryFolder();
const certificates = createCertificates(folder.path);
const it = await openTestStore();
afterAll(async () => {
  await it[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

test('trusting the authority of a sign-in service wakes the mailboxes that were stopped there, and no others', async () => {
  const [stopped, other] = await Promise.all(
    ['token@company.example', 'other@company.example'].map((address) => addMailbox(it.store, address)),
  );
  if (!stopped || !other) throw new Error('both are there');
  const problem = { code: 'tls.certificate-untrusted', params: { host: 'login.corp.example', port: 443 } } as const;
  const nothing = { lastLoadedAt: null, failingSince: 1, disabledBecause: null };
  await it.store.call('records.put', { ...nothing, mailboxId: stopped.mailboxId, problem });
  const elsewhere = { ...problem, params: { host: 'imap.company.example', port: 993 } };
  await it.store.call('records.put', { ...nothing, mailboxId: other.mailboxId, problem: elsewhere });

  const woken: (MailboxId | null)[] = [];
  const events = createEvents((error) => {
    throw error;
  });
  events.on('mailboxes.changed', ({ mailboxId }) => void woken.push(mailboxId));
  const trusts = await openHostTrusts({ store: it.store, events, log: silentLogs('test') });
  const file = readFileSync(certificates.caFile);
  await trusts.handlers['authorities.add']({ host: 'login.corp.example', file }, AbortSignal.timeout(20_000));
  expect(woken).toEqual([stopped.mailboxId]);
});
