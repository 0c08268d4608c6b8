import { readdirSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const trees = ['src-main', 'src-renderer', 'src-shared', 'tests'];

/** Every TypeScript file of the project, as a path from its root. */
export const sourceFiles: readonly string[] = trees.flatMap((tree) =>
  readdirSync(`${root}/${tree}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `${tree}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')),
);

export function readSource(file: string): string {
  return readFileSync(`${root}/${file}`, 'utf8');
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g;

/** What a file imports: project files as paths from the root, packages by their name. */
export function importsOf(file: string, source: string): readonly string[] {
  return [...source.matchAll(importPattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
  });
}
