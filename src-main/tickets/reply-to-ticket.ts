import { randomUUID } from 'node:crypto';
import type { Reply } from '../../src-shared/contract/tickets.ts';
import { answerWay } from '../../src-shared/domain/answer-way.ts';
import type { Letter } from '../../src-shared/domain/message.ts';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import { comparableAddress } from '../../src-shared/domain/sender-pattern.ts';
import type { Ticket, TicketEntry } from '../../src-shared/domain/ticket.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { buildMessage } from '../mime/build-message.ts';
import { safeFileName } from '../mime/safe-file-name.ts';
import type { Sending } from '../sending/sending.ts';
import type { Store } from '../store/store.ts';
import { readOperator } from './operator.ts';
import { planReply, refuseLarger } from './plan-reply.ts';
import { ownAddresses } from './plan-sorting.ts';

type LetterEntry = Extract<TicketEntry, { kind: 'letter' }>;

/** Built once: every attempt sends the same bytes under the same Message-ID. */
export async function replyToTicket(store: Store, sending: Sending, reply: Reply): Promise<Outgoing> {
  const { ticketId } = reply;
  const [ticket, mailboxes, chain, author] = await Promise.all([
    store.call('tickets.get', { ticketId }),
    store.call('mailboxes.list', undefined),
    store.call('tickets.headers', { ticketId }),
    readOperator(store),
  ]);
  const mailbox = mailboxes.find(({ id }) => id === ticket.summary.mailboxId);
  if (!mailbox) throw new AppError('mailbox.unknown');
  const way = answerWay(mailbox, mailboxes);
  if (way === null) throw new AppError('mailbox.cannot-send', { mailbox: mailbox.settings.name });
  const letters = ticket.entries.filter((entry) => entry.kind === 'letter');
  const last = await readLetter(store, letters.at(-1));
  const asked = await readLetter(store, lastOfRequester(ticket, letters));
  const draft = planReply(reply, {
    ticket,
    way,
    own: new Set(mailboxes.flatMap(ownAddresses)),
    chain,
    lastHeader: last?.messageIdHeader ?? null,
    replyTo: asked?.replyTo ?? [],
    uuid: randomUUID(),
    now: new Date(),
  });
  const raw = await buildMessage(draft);
  refuseLarger(raw.length, way);
  const outgoing = {
    mailboxId: way.mailbox.id,
    ticketId,
    messageIdHeader: draft.messageId,
    from: draft.from.address,
    to: [...draft.to],
    subject: draft.subject,
    text: reply.text,
    attachments: reply.attachments.map(({ name, bytes }) => ({ name: safeFileName(name), size: bytes.length })),
    author,
    raw: new Uint8Array(raw),
  };
  // Nothing becomes new again.
  return sending.queue(outgoing, reply.nextState === 'new' ? null : reply.nextState);
}

function lastOfRequester({ summary }: Ticket, letters: readonly LetterEntry[]): LetterEntry | undefined {
  const requester = comparableAddress(summary.requester.address);
  return letters.findLast(({ from }) => comparableAddress(from.address) === requester);
}

/** A ticket outlives its letters: without the letter, the answer goes to the requester and hangs on the known ids. */
async function readLetter(store: Store, entry: LetterEntry | undefined): Promise<Letter | null> {
  if (!entry) return null;
  try {
    return await store.call('letters.get', { messageId: entry.messageId });
  } catch (error) {
    if (isAppError(error, 'message.gone')) return null;
    throw error;
  }
}
