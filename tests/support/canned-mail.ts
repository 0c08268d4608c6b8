import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import type { Attachment, Letter, MessageSummary } from '../../src-shared/domain/message.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { cannedFolders, salesId, supportId } from './canned-mailboxes.ts';

const people = [
  ['Anna Petrova', 'anna.petrova@boilers.example'],
  ['Ирина Волкова', 'i.volkova@teplo.example'],
  ['John Smith', 'john.smith@harbour.example'],
  ['Сергей Никитин', 's.nikitin@zavod.example'],
  ['', 'noreply@tracker.example'],
  ['Maria del Carmen Fernández de Córdoba', 'maria@hotel.example'],
] as const;
const subjects = [
  'Pump 2 does not start',
  'Счёт за октябрь',
  'Re: inspection of the boiler house on Friday, together with the fire service and the owners of the building',
  'Нет горячей воды в третьем подъезде',
  'Order 44120 has been shipped',
  '',
  'Re: Нет горячей воды в третьем подъезде',
] as const;
const previews = [
  'Good morning, since yesterday evening the second pump has not started; the display shows E04.',
  'Добрый день! Направляем счёт за октябрь, просим оплатить до 25 числа.',
  'Friday at ten suits us. Could you bring the last protocol, please?',
  'Здравствуйте, с утра нет горячей воды, диспетчерская не отвечает.',
  'Your parcel is on its way. Track it here.',
] as const;

export const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const newsletterHtml = `<html><head><style>.b{border-radius:6px}</style></head><body bgcolor="#f2f4f8">
<table width="100%" bgcolor="#f2f4f8"><tr><td align="center"><table width="560" bgcolor="#ffffff" cellpadding="24"><tr><td>
<img src="cid:logo@tracker" width="48" height="48" alt="Tracker"><h2 style="color:#20304a">Your order is on its way</h2>
<p style="color:#44546a;line-height:1.6">Order <b>44120</b> left our warehouse this morning. Expect it on Thursday.</p>
<p><a class="b" href="https://tracker.example/44120" style="background:#2f6fed;color:#fff;padding:10px 18px;text-decoration:none">Track the parcel</a></p>
<p style="color:#8090a0;font-size:12px">Or visit <a href="https://evil.example/login">www.tracker.example</a>.</p>
<img src="https://tracker.example/pixel.gif" width="1" height="1"><img src="https://tracker.example/banner.png" width="300" alt="Banner">
</td></tr></table></td></tr></table></body></html>`;

const simpleHtml = `<div><p>Good morning,</p><p>since yesterday evening the second pump has not started; the display shows <b>E04</b>.</p>
<ul><li>Power is there (checked by our electrician)</li><li>Pump 1 runs normally</li></ul><p>Could somebody come today?</p>
<blockquote>On 12 Nov Support wrote:<br>Please send a photo of the display.</blockquote><p>Best regards<br>Anna Petrova</p></div>`;

export function attachment(index: number, name: string, type: string, size: number, safeName = name): Attachment {
  return { index, name, safeName, type, size, contentId: null, inline: false };
}

export const letterFiles: readonly Attachment[] = [
  attachment(0, 'protocol-2026-11.pdf', 'application/pdf', 482_113),
  attachment(1, 'Фото дисплея насоса, вид спереди.jpeg', 'image/jpeg', 2_418_004),
  attachment(2, 'invoice.pdf.exe', 'application/x-msdownload', 91_004, 'invoice.pdf.exe'),
];

const newest = 1_000_000;

/** Letter number `row` of a mailbox without end, newest first. */
export function cannedLetterAt(row: number, now = Date.now()): MessageSummary {
  const [name, address] = people[row % people.length] ?? ['', ''];
  return {
    id: (newest - row) as MessageId,
    mailboxId: row % 5 === 3 ? salesId : supportId,
    folderId: cannedFolders[0]?.id ?? null,
    state: row === 7 ? 'unreadable' : row === 8 ? 'stored' : 'parsed',
    problem: row === 7 ? { code: 'message.parse-timeout', params: {} } : null,
    from: row === 9 ? null : { name, address },
    subject: subjects[row % subjects.length] ?? '',
    preview: row === 7 || row === 8 ? '' : (previews[row % previews.length] ?? ''),
    sentAt: now - row * 5_400_000,
    receivedAt: now - row * 5_400_000,
    size: 12_400,
    attachmentCount: row % 4 === 0 ? 3 : 0,
    unread: row % 7 < 2,
    ticketId: row % 6 === 3 ? ((12 + row) as TicketId) : null,
    threadId: (newest - (row % 3)) as MessageId,
    threadSize: row % 3 === 0 ? 4 : 1,
  };
}

function rowOf(id: MessageId): number {
  return newest - id;
}

function letterAt(row: number): Letter {
  const summary = cannedLetterAt(row);
  const parsed = summary.state === 'parsed';
  const html = row % 5 === 4 ? newsletterHtml : row % 5 === 0 ? simpleHtml : null;
  return {
    summary,
    to: [{ name: 'Support', address: 'support@example.com' }],
    cc: row % 4 === 2 ? people.map(([name, address]) => ({ name, address })) : [],
    replyTo: [],
    messageIdHeader: `<${row}@example.com>`,
    text: parsed
      ? `${summary.preview}\n\nSee https://example.com/pumps/2 for the manual.\n\n> earlier words\n> and more`
      : '',
    html: parsed ? html : null,
    attachments: summary.attachmentCount > 0 ? letterFiles : [],
    automatic: row % 5 === 4,
  };
}

export interface CannedMailOptions {
  /** How many letters there are. */
  readonly count?: number;
}

/** Handlers of a store with any number of letters. */
export function cannedMail({ count = 60 }: CannedMailOptions = {}): Partial<Handlers<AppContract>> {
  const get = (id: MessageId) => {
    const row = rowOf(id);
    if (row < 0 || row >= count) throw new AppError('message.gone');
    return letterAt(row);
  };
  const after = (before: MessageId | null) => (before === null ? 0 : rowOf(before) + 1);
  const rows = (from: number, limit: number) =>
    Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, at) => cannedLetterAt(from + at));
  return {
    'mail.folders': async () =>
      cannedFolders.map((folder, at) => (at === 0 ? { ...folder, total: count, unread: 1204 } : folder)),
    'mail.count': async ({ scope }) => ({ total: scope.unreadOnly ? Math.min(count, 3) : count }),
    'mail.list': async ({ before, limit, scope }) =>
      scope.unreadOnly
        ? rows(0, count)
            .filter(({ unread }) => unread)
            .slice(0, 3)
        : rows(after(before), limit),
    'mail.search': async ({ query, before, limit }) =>
      rows(after(before), Math.min(count, 2000))
        .filter((one) => `${one.subject} ${one.from?.name} ${one.preview}`.toLowerCase().includes(query.toLowerCase()))
        .slice(0, limit),
    'mail.letter': async ({ messageId }) => get(messageId),
    'mail.thread': async ({ messageId }) =>
      get(messageId).summary.threadSize === 1
        ? [get(messageId).summary]
        : [6, 4, 2, 0].map((by) => cannedLetterAt(rowOf(messageId) + by)),
    'mail.headers': async ({ messageId }) => {
      get(messageId);
      return [
        {
          name: 'Received',
          value:
            'from mx.example.com (mx.example.com [192.0.2.7]) by imap.example.com; Fri, 20 Nov 2026 09:30:00 +0000',
        },
        { name: 'Message-ID', value: `<${messageId}@example.com>` },
        { name: 'Subject', value: '=?utf-8?B?0KHRh9GR0YI=?=' },
      ];
    },
    'mail.source': async ({ offset, limit }) => ({
      text: 'Received: from mx.example.com\nSubject: Pump\n\nGood morning\n'.repeat(3000).slice(offset, offset + limit),
      totalBytes: 180_000,
    }),
    'mail.inlinePictures': async () => ({ 'logo@tracker': pixel }),
    'mail.remotePictures': async ({ urls }) => Object.fromEntries(urls.map((url) => [url, pixel])),
    'mail.saveLetter': async () => ({ path: '/home/user/Letters/pump.eml' }),
    'mail.saveAttachment': async () => ({ path: '/home/user/Downloads/protocol.pdf' }),
  };
}
