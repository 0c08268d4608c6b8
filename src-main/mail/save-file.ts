import type { MessageId } from '../../src-shared/domain/ids.ts';
import { writeWhole } from '../files/write-whole.ts';
import { safeFileName } from '../mime/safe-file-name.ts';
import type { Store } from '../store/store.ts';

/** Null when the person thought better of it. */
export type AskWhereToSave = (suggestedName: string) => Promise<string | null>;

export interface Saved {
  readonly path: string;
}

export function createSaving(store: Pick<Store, 'call'>, askWhereToSave: AskWhereToSave) {
  const save = async (name: string, read: () => Promise<Uint8Array>): Promise<Saved | null> => {
    const path = await askWhereToSave(name);
    if (path === null) return null;
    await writeWhole(path, await read());
    return { path };
  };
  return {
    async saveLetter(messageId: MessageId): Promise<Saved | null> {
      const { summary } = await store.call('letters.get', { messageId });
      return save(safeFileName(`${summary.subject || 'letter'}.eml`), () => store.call('letters.raw', { messageId }));
    },
    async saveAttachment(messageId: MessageId, index: number): Promise<Saved | null> {
      // Cut out before the person is asked: a letter that cannot be parsed says so at once.
      const { safeName, bytes } = await store.call('letters.attachment', { messageId, index });
      return save(safeName, async () => bytes);
    },
  };
}
