import { errorCodes } from '../errors/codes.ts';
import type { Mailbox } from './mailbox.ts';
import { type MailboxCondition, mendFor, well } from './mailbox-health.ts';
import type { Outgoing } from './outgoing.ts';

/** How a mailbox is that only sends: as its answers fare that wait for their next attempt. `outgoing` may hold those of others and of any state. */
export function sendingHealth(mailbox: Mailbox, outgoing: readonly Outgoing[]): MailboxCondition {
  if (!mailbox.enabled) return { ...well, health: 'disabled' };
  const kept = outgoing.filter(
    ({ mailboxId, state, problem }) => mailboxId === mailbox.id && state === 'queued' && problem !== null,
  );
  const [first = null] = [...kept].sort((one, other) => one.createdAt - other.createdAt);
  if (first === null || first.problem === null) return well;
  const why = first.problem;
  const needsPerson = errorCodes[why.code].retry === 'after-user';
  const health = needsPerson ? 'needs-you' : 'delayed';
  return { ...well, health, needsPerson, since: first.createdAt, why, mend: mendFor(why) };
}
