import { expect, test } from 'vitest';
import { faultsOfAnswer, faultsOfQuestion } from '../support/graph/published-faults.ts';
import { type Route, refused } from '../support/graph/routes.ts';

// What holds every other test's questions and answers against Microsoft's types finds what is wrong in them.
const route: Route = { name: 'one', method: 'PATCH', path: /x/, options: [], answer: () => ({ status: 200 }) };
const about = (tells: string): Route => ({ ...route, tells });
const place = (query = '') => new URL(`https://graph.test/x${query}`);

test.each([
  ['Event', { subject: 'a', start: { dateTime: '2026-01-02T03:04:05.0000000', timeZone: 'UTC' } }, []],
  ['Event', { subjekt: 'a' }, ['answer one: Event: no property subjekt']],
  ['Event', { start: { dateTime: 5 } }, ['answer one: Event.start.dateTime: number, no string']],
  ['Event', { attendees: [{ type: 'must' }] }, ['answer one: Event.attendees.type: must is no AttendeeType']],
  ['Event', { id: null }, ['answer one: Event.id: object, no string']],
  [
    'Message',
    { value: [{ id: 'a', '@removed': { reason: 'deleted' } }, { isread: true }] },
    ['answer one: Message[]: no property isread'],
  ],
  ['Attachment', { '@odata.type': '#microsoft.graph.fileAttachment', contentId: 'a' }, []],
  ['Attachment', { contentId: 'a' }, ['answer one: Attachment: no property contentId']],
  ['Attachment', { '@odata.type': '#microsoft.graph.message' }, ['answer one: Attachment: Message is no Attachment']],
])('an answer about %s: %j', (tells, json, faults) => {
  expect(faultsOfAnswer(about(tells), { status: 200, json })).toEqual(faults);
});

test('an error has a code and words, and nothing is told where nothing was to be', () => {
  expect(faultsOfAnswer(about('Event'), refused(404, 'ErrorItemNotFound'))).toEqual([]);
  expect(faultsOfAnswer(about('Event'), { status: 404, json: { error: { number: 1 } } })).toHaveLength(1);
  expect(faultsOfAnswer(route, { status: 202, json: {} })).toHaveLength(1);
});

test('a question sends what its type or its action knows, and chooses properties that are there', () => {
  expect(faultsOfQuestion({ ...route, sends: 'Message' }, place(), '{"isRead":true}')).toEqual([]);
  expect(faultsOfQuestion({ ...route, sends: 'Message' }, place(), '{"read":true}')).toHaveLength(1);
  expect(faultsOfQuestion({ ...route, sends: { destinationId: 'string' } }, place(), '{"destination":"a"}')).toEqual([
    'question one: no parameter destination',
  ]);
  const chosen = '?$select=name,microsoft.graph.fileAttachment/contentId';
  expect(faultsOfQuestion(about('Attachment'), place(chosen), '')).toEqual([]);
  expect(faultsOfQuestion(about('Attachment'), place('?$select=contentId'), '')).toHaveLength(1);
});
