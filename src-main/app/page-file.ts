import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The file that a path names, or null: nothing outside the folder, whatever dots, escapes or links say. */
export async function pageFile(folder: string, pathname: string): Promise<string | null> {
  try {
    const decoded = decodeURIComponent(pathname);
    if (decoded.includes('\0') || decoded.includes('..') || decoded.includes('\\')) return null;
    const file = await realpath(join(folder, decoded === '/' ? 'index.html' : decoded));
    return file.startsWith((await realpath(folder)) + sep) ? file : null;
  } catch {
    // Not there, or not decodable: both are simply not found.
    return null;
  }
}
