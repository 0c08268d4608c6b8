import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As it stands, in an address, and as BASE64 has it wherever it begins. */
function formsOf(secret: string): readonly string[] {
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.from('\0'.repeat(before) + secret)
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(before === 0 ? 0 : before + 1, -1);
  });
  return [secret, encodeURIComponent(secret), ...encoded];
}

/** The names of those that are in the text. */
export function leaksIn(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => text.includes(form)) ? [name] : [],
  );
}

/** What is in all files of a folder, and what they are called. */
export function textOfFiles(folder: string, but: readonly string[]): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry, path }) => entry.isFile() && !but.includes(path))
    .map(({ path }) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');
}
