import { expect, test } from 'vitest';
import { answerSubject, markedNumbers } from '../../../../src-main/tickets/subject-mark.ts';
import { threadLetter } from '../../../../src-main/tickets/thread-letter.ts';
import type { TicketId } from '../../../../src-shared/domain/ids.ts';
import { mayFollow, stateAfterLetter } from '../../../../src-shared/domain/ticket-states.ts';

const ticket = (number: number) => number as TicketId;
const known = {
  byHeader: new Map([
    ['<a@x>', ticket(1)],
    ['<b@x>', ticket(2)],
    ['<c@x>', ticket(3)],
  ]),
  correspondents: new Map([[12, ['Anna@firma.example']]]),
};
const letter = {
  fromAddress: 'anna@firma.example',
  subject: '',
  inReplyTo: [] as string[],
  references: [] as string[],
};

test('In-Reply-To decides before References, References before the mark', () => {
  const all = { ...letter, subject: '[#12]', inReplyTo: ['<a@x>'], references: ['<b@x>'] };
  expect(threadLetter(all, known)).toEqual({ ticketId: 1, reason: 'in-reply-to' });
  expect(threadLetter({ ...all, inReplyTo: ['<lost@x>'] }, known)).toEqual({ ticketId: 2, reason: 'references' });
  expect(threadLetter({ ...all, inReplyTo: [], references: [] }, known)).toEqual({
    ticketId: 12,
    reason: 'subject-mark',
  });
});

test('of several references the nearest that is known decides', () => {
  expect(threadLetter({ ...letter, references: ['<a@x>', '<c@x>', '<lost@x>'] }, known)?.ticketId).toBe(3);
});

test('a mark is nothing from a stranger, from nobody, and for a number that is no ticket', () => {
  expect(threadLetter({ ...letter, subject: '[#12]', fromAddress: 'eve@elsewhere.example' }, known)).toBeNull();
  expect(threadLetter({ ...letter, subject: '[#12]', fromAddress: '' }, known)).toBeNull();
  expect(threadLetter({ ...letter, subject: '[#13] [#0] [#x]' }, known)).toBeNull();
});

test('the last mark is looked at first, and no more than ten', () => {
  expect(markedNumbers('[#99] about [#12] [#12]')).toEqual([12, 99]);
  expect(markedNumbers(Array.from({ length: 50 }, (_, at) => `[#${at + 1}]`).join(' '))).toHaveLength(10);
});

test.each([
  ['Printer', 'Re: Printer [#12]'],
  ['Re: RE: Fwd: Printer [#12]', 'Re: Printer [#12]'],
  ['Ответ: Re[2]: Принтер', 'Re: Принтер [#12]'],
  ['[#12] Printer [#7]', 'Re: Printer [#7] [#12]'],
  ['', 'Re: [#12]'],
  ['a\r\nBcc: eve@elsewhere.example', 'Re: a Bcc: eve@elsewhere.example [#12]'],
  ['a\u0000b\u2028c', 'Re: a b c [#12]'],
  ['Report: done', 'Re: Report: done [#12]'],
])('the answer to %j has the subject %j', (subject, answer) => {
  expect(answerSubject(subject, ticket(12))).toBe(answer);
});

test('a subject of thousands of signs is cut, and keeps its mark', () => {
  const subject = answerSubject('😀'.repeat(5000), ticket(12));
  expect([...subject].length).toBeLessThan(300);
  expect(subject.endsWith('[#12]')).toBe(true);
  expect(subject.isWellFormed()).toBe(true);
});

test('nothing becomes new again, and what is closed is opened before it is solved', () => {
  expect(mayFollow('open', 'new')).toBe(false);
  expect(mayFollow('closed', 'solved')).toBe(false);
  expect(mayFollow('closed', 'open')).toBe(true);
  expect(mayFollow('waiting', 'waiting')).toBe(true);
});

test('a letter opens what waited, was solved or closed; a vacation note does not, a bounce does', () => {
  const reply = { automatic: false, fromRequester: true };
  for (const state of ['open', 'waiting', 'solved', 'closed'] as const)
    expect(stateAfterLetter(state, reply)).toBe('open');
  expect(stateAfterLetter('new', reply)).toBe('new');
  expect(stateAfterLetter('solved', { automatic: true, fromRequester: true })).toBe('solved');
  expect(stateAfterLetter('solved', { automatic: true, fromRequester: false })).toBe('open');
});
