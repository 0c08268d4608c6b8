import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { TicketSummary } from '../../src-shared/domain/ticket.ts';
import { type MailroomOptions, type MailroomRun, mailroom, mailroomJson } from './mailroom.ts';

let options: MailroomOptions;

beforeAll(() => {
  options = { profile: mkdtempSync(join(tmpdir(), 'mailroom-demo-')) };
});
afterAll(() => rm(options.profile, { recursive: true, force: true }));

interface DemoRun {
  readonly letters: number;
  readonly tickets: number;
  readonly mailboxes: readonly Mailbox[];
  readonly arrived: { readonly subject: string; readonly mailboxId: string };
  readonly ticket: TicketSummary;
}

test('the demo company shows the main job, and its answer lies in the other mailbox', async () => {
  const run = await mailroomJson<DemoRun>(['demo', '--once'], options);
  expect(run.letters).toBeGreaterThanOrEqual(200);
  expect(run.tickets).toBeGreaterThan(40);
  expect(run.mailboxes.map(({ demo }) => demo)).toEqual([true, true]);
  expect(run.arrived.subject).toContain(`[#${run.ticket.id}]`);
  expect(run.arrived.mailboxId).not.toBe(run.ticket.mailboxId);
});

test('it stays in the profile, and a second run loads nothing twice', async () => {
  const before = await mailroomJson<{ total: number }>(['ticket', 'list'], options);
  const again = await mailroomJson<DemoRun>(['demo', '--once'], options);
  expect(again.tickets).toBe(before.total);
  // The first answer is kept, though its server has ended; the second was not written yet.
  expect(again.letters).toBe(201);
});

test('it runs until Ctrl-C, which is no failure', async () => {
  const run = await mailroom(['demo'], { ...options, interrupt: { sign: 'Ctrl-C' } });
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('support@polar-key.test');
});

test('a second console on the profile says so and leaves', async () => {
  let refused: MailroomRun | undefined;
  const first = async () => {
    refused = await mailroom(['mailbox', 'list', '--json'], options);
  };
  const demo = await mailroom(['demo'], { ...options, interrupt: { sign: 'Ctrl-C', first } });
  expect(demo.code).toBe(0);
  expect(refused?.code).toBe(1);
  expect(JSON.parse(refused?.stderr ?? '')).toMatchObject({ code: 'profile.in-use' });
});

test('one word removes all of it', async () => {
  expect((await mailroom(['demo', '--end'], options)).code).toBe(0);
  expect(await mailroomJson(['mailbox', 'list'], options)).toEqual([]);
  expect(await mailroomJson(['ticket', 'list'], options)).toEqual({ tickets: [], total: 0 });
  expect(await mailroomJson(['template', 'list'], options)).toEqual([]);
  expect(await mailroomJson(['message', 'list'], options)).toEqual([]);
});
