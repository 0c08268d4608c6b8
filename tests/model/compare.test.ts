import { describe, expect, test } from 'vitest';
import type { MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import { type Arrival, contentKey } from './changes.ts';
import { type ConsoleView, compareConsole, isClean, type KeptLetter } from './compare.ts';
import { adopt, compareServer } from './compare-server.ts';
import {
  applyChange,
  createServerModel,
  passBegins,
  passCompleted,
  passEnds,
  put,
  type ServerModel,
} from './server-model.ts';
import type { FolderView } from './world.ts';

// The traps of the model-based run: each wrong that is done here on purpose is found, and by its name.
const user = 'one';
const marks = { user: 'marks', protocol: 'imap', afterwards: { kind: 'mark-read' } } as const;

const arrival = (serial: number, to: string, folder = 'INBOX'): Arrival => ({
  letter: { serial, kind: 'customer', messageId: `<${serial}@elsewhere.example>`, answers: null },
  places: [{ copy: serial, user: to, folder }],
});

function modelOf(...letters: Arrival[]): ServerModel {
  const model = createServerModel([{ user, protocol: 'imap', afterwards: { kind: 'leave' } }, marks]);
  applyChange(model, { kind: 'arrive', how: 'append', letters });
  passBegins(model);
  passEnds(model);
  for (const name of model.mailboxes.keys()) passCompleted(model, name, model.changes);
  return model;
}

const letter = (id: number, more: Partial<KeptLetter> = {}): KeptLetter => ({
  ...{ messageId: id as MessageId, user, digest: `digest ${id}`, state: 'parsed', unread: true },
  ticketId: id as TicketId,
  ...more,
});
const ticket = (id: number, ...letters: number[]): ConsoleView['tickets'][number] => ({
  ticketId: id as TicketId,
  letters: letters.map((messageId) => ({ messageId: messageId as MessageId, reason: 'sender-entry' })),
});
const balance = { user, folder: 'INBOX', onServer: 2, inLedger: 2, unexplained: 0, waiting: 0 };
const whole: ConsoleView = {
  letters: [letter(1), letter(2)],
  tickets: [ticket(1, 1), ticket(2, 2)],
  balances: [balance],
  effects: [],
};

describe('of the console', () => {
  const model = modelOf(arrival(1, user), arrival(2, user));
  const contents = new Map([1, 2].map((serial) => [contentKey(user, serial), `digest ${serial}`]));
  const users = new Set([user]);
  const found = (view: Partial<ConsoleView>) =>
    compareConsole(model, { ...whole, ...view }, { contents, settled: users, still: users });

  test('what is right is found to be', () => {
    expect(isClean(found({}))).toBe(true);
  });

  test('a letter that is not in the store is lost', () => {
    expect(found({ letters: [letter(1)], tickets: [ticket(1, 1)] }).lost).toEqual(['one#2 is not in the store']);
  });

  test('a letter that has made no ticket is lost', () => {
    const letters = [letter(1), letter(2, { ticketId: null })];
    expect(found({ letters, tickets: [ticket(1, 1)] }).lost).toEqual(['one#2 has made no ticket']);
  });

  test('a letter that is kept twice is doubled', () => {
    const again = letter(3, { digest: 'digest 2' });
    expect(found({ letters: [...whole.letters, again], tickets: [...whole.tickets, ticket(3, 3)] }).doubled).toEqual([
      'one#2 is kept twice',
    ]);
  });

  test('a letter in two tickets is doubled, and so is a ticket that was begun twice', () => {
    expect(found({ tickets: [ticket(1, 1), ticket(2, 2), ticket(3, 2)] }).doubled).toHaveLength(1);
    const letters = [letter(1), letter(2, { ticketId: 1 as TicketId })];
    expect(found({ letters, tickets: [ticket(1, 1, 2)] }).doubled).toEqual(['ticket 1 was begun 2 times']);
  });

  test('bytes that the server never gave, marks that it does not have and letters that wait for the parser are wrong', () => {
    const wrong = [{ digest: 'another' }, { unread: false }, { state: 'stored' }] as const;
    for (const more of wrong) expect(found({ letters: [letter(1), letter(2, more)] }).broken).toHaveLength(1);
  });

  test('a balance that does not close is wrong, and what it does not explain is lost', () => {
    expect(found({ balances: [{ ...balance, onServer: 3 }] }).broken).toHaveLength(2);
    expect(found({ balances: [{ ...balance, inLedger: 1 }] }).broken).toHaveLength(1);
    expect(found({ balances: [{ ...balance, unexplained: 1 }] }).lost).toHaveLength(1);
    expect(found({ balances: [{ ...balance, waiting: 1 }] }).lost).toHaveLength(1);
  });

  test('what was to be done on the server and is not is wrong', () => {
    expect(found({ effects: [{ user, folder: 'INBOX', uid: 1, state: 'due' }] }).broken).toHaveLength(1);
  });
});

describe('of the server', () => {
  const view = (of: string, seen: boolean | null): FolderView => ({
    ...{ user: of, folder: 'INBOX', unknown: [] },
    copies: new Map(seen === null ? [] : [[1, { seen, flagged: false }]]),
  });

  test('a letter that stays as it is is right, and so is one that is marked where its mailbox wants that', () => {
    expect(isClean(compareServer(modelOf(arrival(1, user)), [view(user, false)]).findings)).toBe(true);
    const { findings, effects } = compareServer(modelOf(arrival(1, marks.user)), [view(marks.user, true)]);
    expect([isClean(findings), effects]).toEqual([true, [{ kind: 'marked', copy: 1 }]]);
  });

  test('a letter that was marked or is gone where nobody wants that is wrong', () => {
    const model = modelOf(arrival(1, user));
    for (const seen of [true, null]) expect(compareServer(model, [view(user, seen)]).findings.broken).toHaveLength(1);
  });

  test('a letter that is read over POP3 is marked by the server, unless no pass has met it', () => {
    const model = createServerModel([{ user, protocol: 'pop3', afterwards: { kind: 'leave' } }]);
    applyChange(model, { kind: 'arrive', how: 'append', letters: [arrival(1, user)] });
    expect(compareServer(model, [view(user, true)]).findings.broken).toHaveLength(1);
    passBegins(model);
    passEnds(model);
    const { findings, effects } = compareServer(model, [view(user, true)]);
    expect([isClean(findings), effects]).toEqual([true, [{ kind: 'fetched', copy: 1 }]]);
  });

  test('a letter that is marked in a folder that is not loaded is wrong', () => {
    const elsewhere = modelOf(arrival(1, marks.user, 'Elsewhere'));
    expect(compareServer(elsewhere, [view(marks.user, true)]).findings.broken).toHaveLength(1);
  });

  test('a letter that was marked and has been moved or copied out since is right', () => {
    const moved = modelOf(arrival(1, marks.user));
    applyChange(moved, { kind: 'copy', from: 1, copy: 2, folder: 'Elsewhere' });
    applyChange(moved, { kind: 'move', copy: 1, folder: 'Done' });
    const done = (copy: number, folder: string): FolderView => ({
      ...{ user: marks.user, folder, unknown: [] },
      copies: new Map([[copy, { seen: true, flagged: false }]]),
    });
    expect(isClean(compareServer(moved, [done(1, 'Done'), done(2, 'Elsewhere')]).findings)).toBe(true);
  });

  test('a letter that had been moved out before the pass, and is marked there, is wrong', () => {
    const model = modelOf(arrival(1, marks.user));
    adopt(model, []);
    applyChange(model, { kind: 'move', copy: 1, folder: 'Done' });
    passBegins(model);
    passEnds(model);
    expect(compareServer(model, [{ ...view(marks.user, true), folder: 'Done' }]).findings.broken).toHaveLength(1);
  });

  test('a letter that somebody made unread again and that is marked once more was done twice', () => {
    const model = modelOf(arrival(1, marks.user));
    const [copy] = model.copies.values();
    if (copy) put(model, { ...copy, effectDone: true, seen: false });
    expect(compareServer(model, [view(marks.user, true)]).findings.doubled).toHaveLength(1);
  });
});
