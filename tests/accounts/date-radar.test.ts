import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDateRadar } from '../../src-main/accounts/date-radar.ts';
import { createEvents } from '../../src-main/events/events.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { connectorsFor, imapOf, signInTo, soon } from '../connectors/sign-in.ts';
import { startDovecot } from '../support/dovecot.ts';
import { addMailbox, openTestStore, temporaryFolder } from '../support/open-store.ts';

const day = 86_400_000;
const end = Date.UTC(2027, 5, 1);

/** A radar on a day so long before the end. */
function radarOver(store: Store, daysBefore: number) {
  const events = createEvents((error) => {
    throw error;
  });
  const kept = new Promise<MailboxId>((resolve) => {
    events.on('dates.changed', ({ mailboxId }) => resolve(mailboxId));
  });
  const radar = createDateRadar({ store, events, log: silentLogs('test'), now: () => end - daysBefore * day });
  return { radar, kept, said: async () => (await radar.takeNotices()).map(({ kind, threshold }) => [kind, threshold]) };
}

test('a notice is given once, also to a console that was started again, and one that slept hears of the nearest day alone', async () => {
  const path = join(temporaryFolder().path, 'mail.db');
  let mailboxId: MailboxId;
  {
    await using opened = await openTestStore(path);
    ({ mailboxId } = await addMailbox(opened.store));
    const { radar, kept, said } = radarOver(opened.store, 90);
    radar.note(mailboxId, 'incoming-certificate-ends', end);
    expect(await kept).toBe(mailboxId);
    expect(await said()).toEqual([]);
    expect(await radar.list()).toMatchObject([{ kind: 'incoming-certificate', endsAt: end, daysLeft: 90 }]);
    // Two that ask at the same moment: one of them has it.
    const both = await Promise.all([radarOver(opened.store, 45).said(), radarOver(opened.store, 45).said()]);
    expect(both.flat()).toEqual([['incoming-certificate', 60]]);
  }
  {
    await using again = await openTestStore(path, { mustExist: true });
    expect(await radarOver(again.store, 44).said()).toEqual([]);
    expect(await radarOver(again.store, 3).said()).toEqual([['incoming-certificate', 7]]);
    expect(await radarOver(again.store, 3).said()).toEqual([]);
    expect(await radarOver(again.store, -1).said()).toEqual([['incoming-certificate', 1]]);
    const renewed = radarOver(again.store, -1);
    renewed.radar.note(mailboxId, 'incoming-certificate-ends', end + 50 * day);
    await renewed.kept;
    expect(await renewed.said()).toEqual([['incoming-certificate', 60]]);
  }
});

test('two servers of one name with a certificate each: seen in turn, each end is told once at each distance', async () => {
  await using opened = await openTestStore();
  const { mailboxId } = await addMailbox(opened.store);
  const said = async (endsAt: number, daysBefore: number) => {
    await opened.store.call('dates.note', { mailboxId, fact: 'incoming-certificate-ends', at: endsAt });
    return radarOver(opened.store, daysBefore).said();
  };
  const [near, far] = [end, end + 5 * day];
  const due = (days: number) => [['incoming-certificate', days]];
  for (const [daysBefore, threshold] of [
    [40, 60],
    [20, 30],
  ] as const) {
    expect([await said(near, daysBefore), await said(far, daysBefore)]).toEqual([due(threshold), due(threshold)]);
    expect([await said(near, daysBefore), await said(far, daysBefore)]).toEqual([[], []]);
  }
  // Both have passed, the one that is in force long ago.
  expect([await said(near, -10), await said(far, -10), await said(near, -10)]).toEqual([due(1), due(1), []]);
  expect([await said(near, -200), await said(near, -200)]).toEqual([[], []]);
});

test('the end of a server’s certificate is seen with the connection, in both directions, and of a draft it is not', async () => {
  const dovecot = await startDovecot({ submitted: 'keep' });
  const mailboxId = '55555555-5555-4555-8555-555555555555' as MailboxId;
  const seen: (readonly [string, boolean])[] = [];
  const connectors = connectorsFor([dovecot.caPem], {}, (_id, direction, endsAt) => {
    seen.push([direction, endsAt > Date.now()]);
  });
  const letter = { from: 'bob@localhost', to: ['carol@localhost'], raw: Buffer.from('Subject: x\r\n\r\nx\r\n') };
  await (await connectors.openIncoming(imapOf(dovecot, 'tls'), soon())).close();
  expect(seen).toEqual([]);
  await (await connectors.openIncoming({ ...imapOf(dovecot, 'tls'), mailboxId }, soon())).close();
  await connectors.submitLetter({ ...signInTo(dovecot.submissionPort, 'starttls'), mailboxId }, letter, soon());
  await (await connectors.openIncoming({ ...imapOf(dovecot, 'none'), mailboxId }, soon())).close();
  expect(seen).toEqual([
    ['incoming', true],
    ['outgoing', true],
  ]);
  await dovecot.stop();
});
