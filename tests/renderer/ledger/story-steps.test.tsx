import { describe, expect, it } from 'vitest';
import { storySteps } from '../../../src-renderer/ledger/story-steps.ts';
import type { LedgerEntry, LedgerStatus } from '../../../src-shared/domain/ledger.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import { createTranslate } from '../../../src-shared/i18n/i18n.ts';
import { cannedEntryAt } from '../../support/canned-ledger.ts';

const entries = Array.from({ length: 36 }, (_, row) => cannedEntryAt(row));
const shape = { longDate: String, timeAgo: String, byteSize: String };
const tell = (entry: LedgerEntry, language: 'en' | 'ru' = 'en') =>
  storySteps(entry, null, { t: createTranslate(language), ...shape });
const entryOf = (status: LedgerStatus, why: LedgerEntry['why'] = null) => {
  const found = entries.find((entry) => entry.status === status && (why === null || entry.why === why));
  if (!found) throw new Error(`no canned entry is ${status} ${why}`);
  return found;
};
const lines = (entry: LedgerEntry) => tell(entry).map(({ text }) => text);

describe.each(['en', 'ru'] as const)('every life of a letter (%s)', (language) => {
  it.each(entries.slice(0, 18).map((entry) => [`${entry.status} ${entry.why ?? ''}`, entry] as const))(
    'is told in whole sentences: %s',
    (_name, entry) => {
      const steps = tell(entry, language);
      const words = steps.flatMap(({ text, notes }) => [text, ...notes]);
      expect(steps[0]?.name).toBe('seen');
      expect(
        words.filter((word) => word === '' || word.includes('{{') || /^(story|effect|ledger)\./.test(word)),
      ).toEqual([]);
      // What came of it, and not only that it was seen.
      expect(steps.length).toBeGreaterThan(1);
    },
  );
});

it('tells a ticket from the server to the folder it was moved to', () => {
  expect(lines(entryOf('ticket'))).toEqual([
    'Seen on the server',
    'Loaded; its bytes are safe on this computer',
    'Read: sender, subject and text can be searched',
    'Became ticket #39',
    'Moved to Processed/2026',
  ]);
});

it('tells why an action was called off that no person has called off', () => {
  const entry = entryOf('ticket');
  if (!entry.effect) throw new Error('it has an effect');
  const cancelled = { ...entry.effect, state: 'cancelled', doneAt: null } as const;
  const notes = (problem: WireError | null) => tell({ ...entry, effect: { ...cancelled, problem } }).at(-1)?.notes;
  const stays = 'The letter stays as it is on the server.';
  expect(notes(null)).toEqual([stays]);
  const stopped = { code: 'mailbox.only-sends', params: { mailbox: 'Support' } } as const;
  expect(notes(stopped)).toEqual([stays, 'The mailbox stopped receiving before its turn came.']);
});

it('tells what is still to come after what was, and that it is now', () => {
  const waiting = tell(entryOf('waiting'));
  expect(waiting.at(-1)).toMatchObject({ text: 'To be loaded', at: null, tone: 'now' });
});

it.each([
  ['before-period', 'mailbox'],
  ['read', 'mailbox'],
  ['refused', 'load-missing'],
] as const)('of a letter that was left out (%s) it tells how to have it', (why, offers) => {
  const left = tell(entryOf('held', why)).find(({ name }) => name === 'stored');
  expect(left?.offers).toBe(offers);
  expect(left?.notes).toHaveLength(1);
});

it('of a quarantined letter it tells why, and leads to the desk', () => {
  const rules = tell(entryOf('quarantined', 'suspected-sender')).find(({ name }) => name === 'rules');
  expect(rules?.notes[0]).toBe('There are signs that it does not come from the sender it names.');
  expect(rules?.offers).toBe('desk');
});

it('of an action that failed it tells the error, and offers both ways out', () => {
  const failed = tell(entryOf('appended')).find(({ name }) => name === 'effect');
  expect(failed).toMatchObject({ tone: 'bad', offers: 'effect', problem: { code: 'server.refused' } });
});

it('a letter that left before the rules looked at it is told in that order', () => {
  const entry = entryOf('kept', 'not-collecting');
  const left = { ...entry, leftAt: entry.seenAt + 1, leftHow: 'deleted' as const };
  expect(tell(left).map(({ name }) => name)).toEqual(['seen', 'left', 'stored', 'parsed', 'rules', 'effect']);
});
