import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import {
  type Asking,
  lettersOf,
  type MainProcess,
  type MainWish,
  openMain,
  passphrase,
} from '../bad-input/main-process.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { makeQuickProfile } from '../support/quick-vault.ts';

/** The console as the terminal opens it, over a profile of the test; every letter becomes a ticket. */
export interface CollectingConsole extends MainProcess {
  /** Every byte of a letter, as the person saves it. */
  rawOf(messageId: MessageId): Promise<string>;
}

/** A profile that several consoles of a test open one after another. */
export interface FaultProfile extends Disposable {
  readonly profile: string;
}

export async function makeProfile(): Promise<FaultProfile> {
  const folder = temporaryFolder();
  const profile = join(folder.path, 'profile');
  await makeQuickProfile(profile, passphrase);
  return { profile, [Symbol.dispose]: folder[Symbol.dispose] };
}

/** Without `profile` it has one of its own, gone with it. */
export async function openCollecting(wish: Omit<MainWish, 'saveAs'> = {}): Promise<CollectingConsole> {
  const own = wish.profile === undefined ? await makeProfile() : null;
  const profile = wish.profile ?? own?.profile ?? '';
  const saved = join(profile, '..', 'saved.eml');
  const main = await openMain({ ...wish, profile, saveAs: () => saved });
  await allowEverySender(main);
  const close = async () => {
    try {
      await main.close();
    } finally {
      own?.[Symbol.dispose]();
    }
  };
  return {
    ...main,
    close,
    [Symbol.asyncDispose]: close,
    async rawOf(messageId) {
      await main.call('mail.saveLetter', { messageId });
      return readFile(saved, 'latin1');
    },
  };
}

async function allowEverySender({ call }: Asking): Promise<void> {
  const entries = await call('senders.list', undefined);
  if (entries.length > 0) return;
  const fields = { type: 'Incident', customer: '', object: 'Mail', workKind: 'Repair', criticality: '' };
  const { id: templateId } = await call('templates.save', { templateId: null, settings: { name: 'Mail', fields } });
  const settings = { pattern: '*@*', templateId, mailboxId: null, receiving: true };
  await call('senders.save', { senderEntryId: null, settings, loadedToo: true });
}

export async function loadOne({ call }: Asking, { id }: Mailbox): Promise<LoadReport> {
  const [report] = await call('loading.run', { mailboxIds: [id] });
  if (!report) throw new Error('no report');
  return report;
}

/** Letters of the mailbox's tickets, one entry for each time that a ticket names one. */
export async function ticketLetters({ call }: Asking, { id }: Mailbox): Promise<readonly MessageId[]> {
  const filter = { states: [], templateId: null, mailboxId: id, mine: false, query: '' };
  const { tickets } = await call('tickets.list', { filter, offset: 0, limit: 500 });
  const all = await Promise.all(tickets.map(({ id: ticketId }) => call('tickets.get', { ticketId })));
  return all.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'letter' ? [entry.messageId] : [])));
}

/** No letter is there in part: whatever is listed is one of these, byte for byte, and none is there twice. */
export async function expectNothingHalf(
  main: CollectingConsole,
  mailbox: Mailbox,
  letters: readonly string[],
): Promise<number> {
  const listed = await lettersOf(main, mailbox);
  const left = new Map<string, number>();
  for (const raw of letters) left.set(raw, (left.get(raw) ?? 0) + 1);
  for (const { id, subject } of listed) {
    const raw = await main.rawOf(id);
    const times = left.get(raw) ?? 0;
    if (times === 0) expect(raw, `“${subject}” is none of the letters, or is there twice`).toBe('');
    left.set(raw, times - 1);
  }
  return listed.length;
}

/** Every letter is in once, every byte of it, and is in a ticket once. */
export async function expectAllOnce(
  main: CollectingConsole,
  mailbox: Mailbox,
  letters: readonly string[],
): Promise<void> {
  expect(await expectNothingHalf(main, mailbox, letters)).toBe(letters.length);
  const listed = await lettersOf(main, mailbox);
  const inTickets = await ticketLetters(main, mailbox);
  expect([...inTickets].sort()).toEqual(listed.map(({ id }) => id).sort());
}
