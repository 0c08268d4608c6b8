import { mainServerOf } from '../../src-shared/domain/mailbox-directions.ts';
import { type SentCopyFate, serverKeepsCopy } from '../../src-shared/domain/sent-copy.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { DueSentCopy } from '../store/api/sent-copies.ts';

/** Looks for the letter before it puts one there: an earlier attempt may have done so and not lived to say it. */
export async function putSentCopy(
  connector: IncomingConnector,
  { messageId, raw, servers }: DueSentCopy,
  signal: AbortSignal,
): Promise<Extract<SentCopyFate['state'], 'done' | 'there'>> {
  const { host } = mainServerOf(servers);
  const sent = (await connector.listFolders(signal)).find(({ role }) => role === 'sent');
  if (!sent) throw new AppError('sent-copy.no-folder', { host });
  const folder = await connector.openForChange(sent.path, signal);
  const found = await folder.findByMessageId(messageId, signal);
  if (found.length > 0) return 'there';
  if (serverKeepsCopy(servers)) throw new AppError('sent-copy.not-yet', { host });
  if (!connector.appendLetter) throw new AppError('server.unsupported', { host, serverWords: 'APPEND' });
  try {
    await connector.appendLetter(sent.path, raw, signal);
  } catch (error) {
    if (!isAppError(error, 'message.too-large')) throw error;
    // The letter is with its recipients: that is not what is too large here.
    throw new AppError('sent-copy.too-large', error.params, { cause: error });
  }
  return 'done';
}
