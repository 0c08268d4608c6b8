import { expect, test } from 'vitest';
import type { Outgoing } from '../../../../src-shared/domain/outgoing.ts';
import { sendingHealth } from '../../../../src-shared/domain/sending-health.ts';
import type { ErrorCode } from '../../../../src-shared/errors/codes.ts';
import { cannedMailboxes, salesId, supportId } from '../../../support/canned-mailboxes.ts';

const mailbox = cannedMailboxes.find(({ id }) => id === supportId) as (typeof cannedMailboxes)[number];
const waiting = (code: ErrorCode | null, change: Partial<Outgoing> = {}) =>
  ({
    mailboxId: supportId,
    state: 'queued',
    createdAt: 5,
    problem: code && { code, params: {} },
    ...change,
  }) as Outgoing;

test('a mailbox that only sends is as the oldest answer that waits for another attempt', () => {
  const kept = [waiting('network.timeout', { createdAt: 9 }), waiting('auth.rejected')];
  expect(sendingHealth(mailbox, kept)).toMatchObject({
    health: 'needs-you',
    needsPerson: true,
    since: 5,
    mend: 'sign-in',
  });
  expect(sendingHealth(mailbox, [waiting('server.throttled')])).toMatchObject({ health: 'delayed', mend: 'try-now' });
});

test('answers of others, those that were refused, and those not tried yet are no trouble of its connection', () => {
  const others = [
    waiting('auth.rejected', { mailboxId: salesId }),
    waiting('recipient.refused', { state: 'failed' }),
    waiting(null),
  ];
  expect(sendingHealth(mailbox, others).health).toBe('working');
  expect(sendingHealth({ ...mailbox, enabled: false }, [waiting('auth.rejected')]).health).toBe('disabled');
});
