import type { LetterScope } from '../../src-shared/contract/mail.ts';
import type { Folder } from '../../src-shared/domain/folder.ts';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Header, Letter, MessageSummary } from '../../src-shared/domain/message.ts';
import { inlinePictureUrls } from '../mime/inline-pictures.ts';
import type { Store } from '../store/store.ts';
import { fetchRemotePictures, type PictureFetching } from './remote-pictures.ts';
import { type AskWhereToSave, createSaving, type Saved } from './save-file.ts';
import { type SourcePage, sourcePage } from './source-page.ts';

export type { AskWhereToSave } from './save-file.ts';

export interface LetterPage {
  readonly scope: LetterScope;
  readonly before: MessageId | null;
  readonly limit: number;
}

/** Mail that is loaded already: nothing here needs a network but the pictures that a reader asks for. */
export interface Mail {
  folders(): Promise<readonly Folder[]>;
  count(scope: LetterScope): Promise<{ readonly total: number }>;
  list(page: LetterPage): Promise<readonly MessageSummary[]>;
  search(question: LetterPage & { readonly query: string }): Promise<readonly MessageSummary[]>;
  letter(messageId: MessageId): Promise<Letter>;
  thread(messageId: MessageId): Promise<readonly MessageSummary[]>;
  headers(messageId: MessageId): Promise<readonly Header[]>;
  source(question: { readonly messageId: MessageId } & SourcePage): Promise<{ text: string; totalBytes: number }>;
  inlinePictures(messageId: MessageId): Promise<Record<string, string>>;
  remotePictures(urls: readonly string[], signal: AbortSignal): Promise<Record<string, string>>;
  saveLetter(messageId: MessageId): Promise<Saved | null>;
  saveAttachment(messageId: MessageId, index: number): Promise<Saved | null>;
}

export interface MailParts {
  readonly store: Pick<Store, 'call'>;
  readonly askWhereToSave: AskWhereToSave;
  /** Other resolvers and limits for tests; the usual ones otherwise. */
  readonly pictures?: Partial<PictureFetching>;
}

export function createMail({ store, askWhereToSave, pictures }: MailParts): Mail {
  const { saveLetter, saveAttachment } = createSaving(store, askWhereToSave);
  return {
    folders: () => store.call('folders.listAll', undefined),
    count: (scope) => store.call('letters.count', { scope }),
    list: (page) => store.call('letters.list', page),
    search: (question) =>
      // An empty box shows the list again.
      question.query.trim() === ''
        ? store.call('letters.list', { scope: question.scope, before: question.before, limit: question.limit })
        : store.call('letters.search', question),
    letter: (messageId) => store.call('letters.get', { messageId }),
    thread: (messageId) => store.call('letters.thread', { messageId }),
    headers: (messageId) => store.call('letters.headers', { messageId }),
    source: async ({ messageId, ...page }) => sourcePage(await store.call('letters.raw', { messageId }), page),
    inlinePictures: async (messageId) => inlinePictureUrls(await store.call('letters.inlinePictures', { messageId })),
    remotePictures: (urls, signal) => fetchRemotePictures(urls, signal, pictures),
    saveLetter,
    saveAttachment,
  };
}
