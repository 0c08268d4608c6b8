import type { Reply } from '../../src-shared/contract/tickets.ts';
import type { AnswerWay } from '../../src-shared/domain/answer-way.ts';
import { asAttachments, inMegabytes, largestLetter } from '../../src-shared/domain/largest-letter.ts';
import type { Address } from '../../src-shared/domain/message.ts';
import { comparableAddress } from '../../src-shared/domain/sender-pattern.ts';
import type { Ticket } from '../../src-shared/domain/ticket.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { MessageDraft } from '../mime/build-message.ts';
import { answerSubject } from './subject-mark.ts';

/** What an answer is made of besides what the agent typed. */
export interface ReplyContext {
  readonly ticket: Ticket;
  readonly way: AnswerWay;
  /** Addresses of this console's mailboxes in comparable form: an answer to one of them would come back as a letter. */
  readonly own: ReadonlySet<string>;
  /** Message-IDs of the conversation, oldest first. */
  readonly chain: readonly string[];
  /** The last letter that the ticket got, if it is still here. */
  readonly lastHeader: string | null;
  /** Reply-To of the requester's last letter, if it is still here. */
  readonly replyTo: readonly Address[];
  readonly uuid: string;
  readonly now: Date;
}

/** Enough for any thread to be put together again; a header of every id of a long one would be refused by some servers. */
const MAX_REFERENCES = 40;
/** RFC 5322, 2.1.1: no longer than a line with its name. */
const MESSAGE_ID = /^<[^<>\s\p{Cc}]{1,900}>$/u;

/** Throws mailbox.cannot-send, answer.too-large. */
export function planReply(reply: Reply, context: ReplyContext): MessageDraft {
  const { ticket, way, now, uuid } = context;
  const { settings } = way.mailbox;
  const to = recipientOf(context);
  if (to === null) throw new AppError('mailbox.cannot-send', { mailbox: settings.name });
  // Before anything is made of it.
  const size = reply.attachments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  refuseLarger(asAttachments(size), way);
  const { fromAddress, fromName, replyTo } = way.sender;
  const { inReplyTo, references } = threadHeaders(context);
  return {
    messageId: `<${uuid}@${domainOf(fromAddress)}>`,
    inReplyTo,
    references,
    from: { name: fromName, address: fromAddress },
    replyTo,
    to: [to],
    subject: answerSubject(ticket.summary.subject, ticket.summary.id),
    date: now,
    text: reply.text,
    html: reply.html,
    attachments: reply.attachments,
  };
}

/** Throws answer.too-large where it is known beforehand that the letter would be refused; what cannot leave does not wait in the outbox. */
export function refuseLarger(bytes: number, { mailbox }: Pick<AnswerWay, 'mailbox'>): void {
  const { outgoing } = mailbox.settings;
  if (outgoing === null || bytes <= largestLetter(outgoing)) return;
  throw new AppError('answer.too-large', { host: outgoing.host, limit: inMegabytes(largestLetter(outgoing)) });
}

/** The letter answered stands last (RFC 5322, 3.6.4); the first one stays, since it is what threads hang on. */
function threadHeaders({ chain, lastHeader }: ReplyContext): Pick<MessageDraft, 'inReplyTo' | 'references'> {
  const sound = [...new Set(chain)].filter((header) => MESSAGE_ID.test(header));
  const inReplyTo = lastHeader !== null && MESSAGE_ID.test(lastHeader) ? lastHeader : (sound.at(-1) ?? null);
  if (inReplyTo === null) return { inReplyTo, references: [] };
  const [first, ...others] = sound.filter((header) => header !== inReplyTo);
  const nearest = others.slice(-(MAX_REFERENCES - 2));
  return { inReplyTo, references: [...(first === undefined ? [] : [first]), ...nearest, inReplyTo] };
}

/** Where the requester asked for answers to go, unless that is nowhere or one of ours (an answer must not become a letter of the ticket). */
function recipientOf({ ticket, replyTo, own }: ReplyContext): Address | null {
  const { requester } = ticket.summary;
  const asked = replyTo.find((address) => isSane(address) && !own.has(comparableAddress(address.address) ?? ''));
  if (asked) return { name: asked.name === '' ? requester.name : asked.name, address: asked.address };
  return isSane(requester) ? requester : null;
}

function isSane({ address }: Address): boolean {
  return address.length <= 320 && comparableAddress(address) !== null && !/[\s<>,;:"()[\]\\\p{Cc}]/u.test(address);
}

/** Domains in a Message-ID are ASCII (RFC 5322, 3.6.4). */
function domainOf(address: string): string {
  const comparable = comparableAddress(address) ?? address;
  return comparable.slice(comparable.lastIndexOf('@') + 1);
}
