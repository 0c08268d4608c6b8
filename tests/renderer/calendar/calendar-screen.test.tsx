import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Meeting } from '../../../src-shared/domain/meeting.ts';
import { cannedCalendar, cannedMeeting } from '../../support/canned-calendar.ts';
import { pixel } from '../../support/canned-mail.ts';
import { salesId, supportId } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

const today = new Date();
const utcToday = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
const allDay = { subject: 'Holiday', allDay: true, start: utcToday, end: utcToday + 86_400_000 };

const open = (meetings: readonly Meeting[]) => openPage('/calendar', { handlers: cannedCalendar(meetings) });

it('stands by day in the reader’s time, whole days first and on their date', async () => {
  const nine = today.setHours(9, 0, 0, 0);
  open([cannedMeeting(1, { subject: 'Standup', start: nine }), cannedMeeting(2, allDay), cannedMeeting(3)]);
  const rows = await screen.findAllByRole('button', { name: /Holiday|Standup/ });
  expect(rows.map((row) => /Holiday|Standup/.exec(row.textContent ?? '')?.[0])).toEqual(['Holiday', 'Standup']);
  expect(rows[0]).toHaveTextContent('All day');
  expect(screen.getByText('Choose a meeting on the left.')).toBeInTheDocument();
});

it('an invitation is answered with words, and the answer is shown waiting until it is called off', async () => {
  const user = userEvent.setup();
  const { main } = open([cannedMeeting(1, { recurring: true })]);
  await user.click(await screen.findByRole('button', { name: /Meeting 1/ }));
  const message = await screen.findByRole('textbox', { name: /Message to the organiser/ });
  // Without a layout a click lies on the border between the panes, which takes the focus.
  message.focus();
  await user.keyboard('See you');
  await user.click(screen.getByLabelText('For the whole series'));
  await user.click(screen.getByRole('button', { name: 'Accept' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'calendar.answer')?.input).toEqual({
      meetingId: 1,
      reply: { answer: 'accept', tell: true, message: 'See you', series: false },
    }),
  );
  main.emit('calendar.changed', { mailboxId: null });
  expect(await screen.findByText(/“Accept” waits for the server/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Call off' }));
  main.emit('calendar.changed', { mailboxId: null });
  expect(await screen.findByText(/“Accept” was called off/)).toBeInTheDocument();
});

it('where the organiser wants no answers, the page says so and offers neither to tell nor to write', async () => {
  const user = userEvent.setup();
  const { main } = open([cannedMeeting(1, { responseRequested: false })]);
  await user.click(await screen.findByRole('button', { name: /Meeting 1/ }));
  expect(
    await screen.findByText(/organiser asked for no answers: yours will stand in the calendar alone/),
  ).toBeVisible();
  expect(screen.queryByLabelText('Tell the organiser')).toBeNull();
  expect(screen.queryByRole('textbox', { name: /Message to the organiser/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Accept' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'calendar.answer')?.input).toEqual({
      meetingId: 1,
      reply: { answer: 'accept', tell: false, message: '', series: false },
    }),
  );
});

it('nobody answers what is cancelled, and its text is harmless', async () => {
  const user = userEvent.setup();
  open([
    cannedMeeting(1, { cancelled: true, answerable: false, html: '<p onclick="x()">Agenda<script>x()</script></p>' }),
  ]);
  await user.click(await screen.findByRole('button', { name: /Meeting 1.*Cancelled/ }));
  const frame = await screen.findByTitle('Text of the letter');
  expect(frame.getAttribute('srcdoc')).toContain('Agenda');
  expect(frame.getAttribute('srcdoc')).not.toMatch(/onclick|<script>x/);
  expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
});

it('an invitation that is still shown is not offered for an answer when its calendar is loaded no more', async () => {
  const user = userEvent.setup();
  const failed = { answer: 'accept', tell: true, message: '', series: false, state: 'failed', problem: null } as const;
  const canned = cannedCalendar([cannedMeeting(1, { reply: { ...failed, plannedAt: 1, doneAt: null } })]);
  let mailboxId = supportId;
  const followed = async () => [{ mailboxId, lookedAt: 1, problem: null }];
  const { main } = openPage('/calendar', { handlers: { ...canned, 'calendar.states': followed } });
  await user.click(await screen.findByRole('button', { name: /Meeting 1/ }));
  expect(await screen.findByRole('button', { name: 'Accept' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  mailboxId = salesId;
  main.emit('mailboxes.changed', { mailboxId: null });
  expect(await screen.findByText(/meetings cannot be answered here/)).toBeInTheDocument();
  for (const name of ['Accept', 'Tentative', 'Decline', 'Try again'])
    expect(screen.queryByRole('button', { name })).toBeNull();
});

it('an answer that was called off with its calendar says so, and not what is true no more', async () => {
  const user = userEvent.setup();
  const problem = { code: 'meeting.not-followed', params: {} } as const;
  const stopped = { answer: 'accept', tell: true, message: '', series: false, state: 'cancelled', problem } as const;
  open([cannedMeeting(1, { reply: { ...stopped, plannedAt: 1, doneAt: null } })]);
  await user.click(await screen.findByRole('button', { name: /Meeting 1/ }));
  expect(await screen.findByText(/“Accept” was called off: the calendar was switched off/)).toBeInTheDocument();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: 'Accept' })).toBeInTheDocument();
});

it('pictures of its text are shown by themselves and are no files; what lies outside stays there', async () => {
  const user = userEvent.setup();
  const file = { type: 'image/png', size: 70, loaded: true };
  open([
    cannedMeeting(1, {
      html: '<img src="cid:plan@company"><img src="cid:unknown@company"><img src="https://a.test/1.png">',
      files: [
        { ...file, index: 0, name: 'image001.png', inline: true },
        { ...file, index: 1, name: 'list.png', inline: false },
      ],
    }),
  ]);
  await user.click(await screen.findByRole('button', { name: /Meeting 1/ }));
  const frame = await screen.findByTitle('Text of the letter');
  await waitFor(() => expect(frame.getAttribute('srcdoc')).toContain(pixel));
  expect(frame.getAttribute('srcdoc')).not.toMatch(/cid:|a\.test/);
  expect(screen.getByText(/1 picture from outside is not shown/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /list\.png/ })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /image001/ })).toBeNull();
});

it('a text without pictures asks for none', async () => {
  const user = userEvent.setup();
  const { main } = open([cannedMeeting(1, { html: '<p>Agenda</p>' })]);
  await user.click(await screen.findByRole('button', { name: /Meeting 1/ }));
  await screen.findByTitle('Text of the letter');
  expect(main.calls.some(({ name }) => name === 'calendar.inlinePictures')).toBe(false);
});

it('says where a calendar is switched on, and is no place of the rail before', async () => {
  open([]);
  expect(
    await screen.findByText(/switched on in the settings of an Exchange or Microsoft 365 mailbox/),
  ).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Calendar' })).toBeNull();
});

it('with no meetings nobody is asked to choose one', async () => {
  const longAgo = today.getTime() - 100 * 86_400_000;
  open([cannedMeeting(1, { start: longAgo, end: longAgo + 1000 })]);
  expect(await screen.findByText('Nothing is planned for the next six months.')).toBeInTheDocument();
  expect(screen.queryByText('Choose a meeting on the left.')).toBeNull();
});
