import { expect, test } from 'vitest';
import type { MailboxId } from '../../../../src-shared/domain/ids.ts';
import type { LoadPhase, LoadProgress } from '../../../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../../../src-shared/domain/mailbox.ts';
import { mailboxHealth } from '../../../../src-shared/domain/mailbox-health.ts';

const mailbox = { enabled: true } as Mailbox;
const problem = { code: 'network.unreachable', params: { host: 'mail.firma.example', port: 993 } } as const;

function progress(change: Partial<LoadProgress>): LoadProgress {
  const nothing = { folder: '', done: 0, total: 0, bytes: 0, startedAt: null, lastLoadedAt: null, nextAttemptAt: null };
  return { mailboxId: 'one' as MailboxId, phase: 'waiting', problem: null, ...nothing, ...change };
}

test('a mailbox that could not be reached stays delayed through its next attempts', () => {
  const course: readonly LoadPhase[] = ['retrying', 'connecting', 'loading', 'sorting', 'retrying'];
  expect(course.map((phase) => mailboxHealth(mailbox, progress({ phase, problem })))).toEqual(
    course.map(() => 'delayed'),
  );
});

test('an attempt that brings letters is catching up, whatever was before', () => {
  expect(mailboxHealth(mailbox, progress({ phase: 'loading', done: 1, problem }))).toBe('catching-up');
});

test('without a problem connecting is nothing to look at', () => {
  expect(mailboxHealth(mailbox, progress({ phase: 'connecting' }))).toBe('working');
  expect(mailboxHealth(mailbox, progress({ phase: 'loading' }))).toBe('catching-up');
});
