import { randomUUID } from 'node:crypto';
import { canSend, type MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { testAddressOf } from '../../src-shared/domain/mailbox-directions.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { TestLetter } from '../connectors/connectors.ts';
import { buildMessage } from '../mime/build-message.ts';

/** From the mailbox to itself, or to where answers to it go if it receives nothing: a letter from an own address never becomes a ticket. Throws `mailbox.cannot-send` where anything of R48 to R50 is missing. */
export async function writeTestLetter(settings: MailboxSettings, now: number): Promise<TestLetter> {
  if (!canSend(settings)) throw new AppError('mailbox.cannot-send', { mailbox: settings.name });
  const { sender } = settings;
  const address = testAddressOf(settings);
  const domain = sender.fromAddress.slice(sender.fromAddress.lastIndexOf('@') + 1);
  const messageId = `<mailroom-test-${randomUUID()}@${domain}>`;
  const raw = await buildMessage({
    messageId,
    inReplyTo: null,
    references: [],
    from: { name: sender.fromName, address: sender.fromAddress },
    replyTo: sender.replyTo,
    to: [{ name: '', address }],
    subject: 'Mailroom: test letter',
    date: new Date(now),
    text: 'Sent by Mailroom to test this mailbox. It can be deleted.\r\nОтправлено программой Mailroom для проверки этого ящика. Письмо можно удалить.\r\n',
    html: null,
    attachments: [],
  });
  return { messageId, from: sender.fromAddress, to: [address], raw };
}
