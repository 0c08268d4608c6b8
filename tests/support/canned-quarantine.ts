import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Emit, Handlers } from '../../src-shared/contract/define-contract.ts';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { QuarantineWhy } from '../../src-shared/domain/ledger.ts';
import type { Quarantined } from '../../src-shared/domain/quarantine.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { cannedLetterAt } from './canned-mail.ts';

const minute = 60_000;
const start = Date.now();
/** Of `cannedLetterAt`: the letter of row zero. */
const newestLetter = 1_000_000;

const whys: readonly QuarantineWhy[] = [
  'no-sender-entry',
  'suspected-sender',
  'too-large',
  'unreadable',
  'no-sender-entry',
  'no-sender',
];
const notes: Readonly<Record<QuarantineWhy, string>> = {
  'no-sender-entry': '',
  'no-sender': 'From: (empty)',
  unreadable: 'message.parse-timeout after 20 s',
  'too-large': '40,200,000 bytes; limit 35 MB',
  'suspected-sender': 'dmarc=fail (p=reject) header.from=teplo.example; Reply-To: i.volkova@teplo-payments.example',
};

export function quarantinedAt(row: number): Quarantined {
  const why = whys[row % whys.length] ?? 'no-sender';
  const letter = cannedLetterAt(row, start);
  return {
    letter: {
      ...letter,
      from: why === 'no-sender' ? null : (letter.from ?? { name: 'John Smith', address: 'john.smith@harbour.example' }),
      subject: letter.subject || 'Re: quotation',
      ticketId: null,
      ...(why === 'too-large' ? { state: 'too-large', size: 40_200_000 } : {}),
      ...(why === 'unreadable' ? { state: 'unreadable', problem: { code: 'message.parse-timeout', params: {} } } : {}),
    },
    why,
    note: notes[why],
    at: letter.receivedAt + minute,
    dismissed: false,
  };
}

/** Handlers of a desk; what is done to its letters lasts as long as the object. */
export function cannedQuarantine(onDesk: number, emit: () => Emit<AppContract>) {
  let items: readonly Quarantined[] = Array.from({ length: onDesk }, (_, row) => quarantinedAt(row));
  const put = (next: readonly Quarantined[]) => {
    items = next;
    emit()('quarantine.changed', { mailboxId: null });
  };
  const release = (isMeant: (item: Quarantined) => boolean) => {
    const released = items.filter((item) => !item.dismissed && isMeant(item));
    put(items.filter((item) => !released.includes(item)));
    return released.length;
  };
  const onIt = () => items.filter(({ dismissed }) => !dismissed);
  return {
    'quarantine.list': async ({ mailboxId, why, dismissed, before, limit }) =>
      items
        .filter(
          (one) =>
            one.dismissed === dismissed &&
            (mailboxId === null || one.letter.mailboxId === mailboxId) &&
            (why === null || one.why === why) &&
            (before === null || one.letter.id < before),
        )
        .slice(0, limit),
    'quarantine.counts': async ({ mailboxId }) => {
      const of = (why: QuarantineWhy) =>
        onIt().filter((one) => one.why === why && (mailboxId === null || one.letter.mailboxId === mailboxId)).length;
      return {
        'no-sender-entry': of('no-sender-entry'),
        'no-sender': of('no-sender'),
        unreadable: of('unreadable'),
        'too-large': of('too-large'),
        'suspected-sender': of('suspected-sender'),
      };
    },
    // As after a rule was made for those that had none.
    'quarantine.retry': async ({ messageIds }) => {
      const asked = (item: Quarantined) => messageIds === null || messageIds.includes(item.letter.id);
      const released = release((item) => item.why === 'no-sender-entry' && asked(item));
      return { released, left: onIt().filter(asked).length };
    },
    'quarantine.allowSender': async ({ messageId }) => {
      const address = items.find(({ letter }) => letter.id === messageId)?.letter.from?.address;
      return { released: release(({ letter }) => letter.from?.address === address) };
    },
    'quarantine.dismiss': async ({ messageIds, dismissed }) => {
      const ids: readonly MessageId[] = messageIds;
      put(items.map((item) => (ids.includes(item.letter.id) ? { ...item, dismissed } : item)));
      return { changed: ids.length };
    },
    'quarantine.fetchAnyway': async ({ messageId }) => void release(({ letter }) => letter.id === messageId),
  } satisfies Partial<Handlers<AppContract>>;
}

/** The letters of a mailbox as they lie on the desk: one with its header only, one that could not be read. */
export function asOnDesk(mail: Partial<Handlers<AppContract>>): Partial<Handlers<AppContract>> {
  return {
    ...mail,
    'mail.letter': async (input, signal) => {
      const letter = await mail['mail.letter']?.(input, signal);
      if (!letter) throw new AppError('message.gone');
      const { summary } = letter;
      const onDesk = quarantinedAt(newestLetter - summary.id).letter;
      const hasText = onDesk.state === 'parsed';
      return { ...letter, summary: onDesk, ...(hasText ? {} : { text: '', html: null, attachments: [] }) };
    },
  };
}
