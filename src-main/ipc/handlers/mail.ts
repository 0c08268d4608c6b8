import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { mailContract } from '../../../src-shared/contract/mail.ts';
import type { Mail } from '../../mail/mail.ts';

export const mailHandlers = (mail: Mail): Handlers<typeof mailContract> => ({
  'mail.folders': async () => [...(await mail.folders())],
  'mail.count': ({ scope }) => mail.count(scope),
  'mail.list': async (page) => [...(await mail.list(page))],
  'mail.search': async (question) => [...(await mail.search(question))],
  'mail.letter': ({ messageId }) => mail.letter(messageId),
  'mail.thread': async ({ messageId }) => [...(await mail.thread(messageId))],
  'mail.headers': async ({ messageId }) => [...(await mail.headers(messageId))],
  'mail.source': (question) => mail.source(question),
  'mail.inlinePictures': ({ messageId }) => mail.inlinePictures(messageId),
  'mail.remotePictures': ({ urls }, signal) => mail.remotePictures(urls, signal),
  'mail.saveLetter': ({ messageId }) => mail.saveLetter(messageId),
  'mail.saveAttachment': ({ messageId, index }) => mail.saveAttachment(messageId, index),
});
