import type { Reply } from '../../src-shared/contract/tickets.ts';

/** As many as one answer may carry (contract: tickets.reply). */
export const mostFiles = 50;
/** Base64 makes a third more of it, and most servers stop at 25 to 35 MB. */
export const comfortableBytes = 25_000_000;

export interface ChosenFile {
  readonly id: string;
  readonly file: File;
}

export function addFiles(known: readonly ChosenFile[], added: readonly File[]): readonly ChosenFile[] {
  const fresh = added
    .map((file) => ({ id: `${file.name}/${file.size}/${file.lastModified}`, file }))
    // The same file dropped twice is one file.
    .filter(({ id }, at, all) => !known.some((one) => one.id === id) && all.findIndex((one) => one.id === id) === at);
  return [...known, ...fresh];
}

export function totalBytes(files: readonly ChosenFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}

/** Thrown with the file's name when it went away or became unreadable after it was chosen. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

export async function readFiles(files: readonly ChosenFile[]): Promise<Reply['attachments']> {
  return await Promise.all(
    files.map(async ({ file }) => {
      const bytes = await file.arrayBuffer().catch((cause: unknown) => {
        throw new UnreadableFile(file.name, { cause });
      });
      return { name: file.name, type: file.type || 'application/octet-stream', bytes: new Uint8Array(bytes) };
    }),
  );
}
