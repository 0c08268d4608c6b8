import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { FoundFolder } from './folder-paths.ts';

/** Which folder a path means; asked of the server once, and again when a path is not among what it said. */
export interface FolderDirectory {
  list(signal: AbortSignal): Promise<readonly FoundFolder[]>;
  /** `folder.gone` where there is none. */
  find(path: string, signal: AbortSignal): Promise<FoundFolder>;
  forget(): void;
}

export function directoryOf(
  endpoint: Endpoint,
  askAll: (signal: AbortSignal) => Promise<ReadonlyMap<string, FoundFolder>>,
): FolderDirectory {
  let known: ReadonlyMap<string, FoundFolder> | null = null;
  const ask = async (signal: AbortSignal) => {
    known = await askAll(signal);
    return known;
  };
  return {
    list: async (signal) => [...(await ask(signal)).values()],
    async find(path, signal) {
      const named = isInbox(path) ? 'INBOX' : path;
      const found = known?.get(named) ?? (await ask(signal)).get(named);
      if (found === undefined) throw goneFolder(endpoint, path);
      return found;
    },
    forget: () => {
      known = null;
    },
  };
}

const isInbox = (path: string): boolean => path.toUpperCase() === 'INBOX';

export function goneFolder(endpoint: Endpoint, folder: string, cause?: unknown): AppError {
  return new AppError('folder.gone', { ...placeOf(endpoint), folder }, { cause });
}
