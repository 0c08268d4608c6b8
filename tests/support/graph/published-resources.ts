import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A resource of Microsoft Graph, as Microsoft publishes it for TypeScript. */
export interface PublishedType {
  readonly base: string | null;
  /** What stands behind the colon, by name. */
  readonly properties: ReadonlyMap<string, string>;
}

// A package of declarations alone: nothing in it can be imported at run time.
const file = createRequire(import.meta.url).resolve('@microsoft/microsoft-graph-types/microsoft-graph.d.ts');
let text = '';
const declarations = (): string => (text ||= readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''));

const types = new Map<string, PublishedType | null>();

export function publishedType(name: string): PublishedType | null {
  const known = types.get(name);
  if (known !== undefined) return known;
  const [, base, body = ''] =
    declarations().match(new RegExp(`^export interface ${name}(?: extends (\\w+))? \\{(.*?)\\}`, 'ms')) ?? [];
  const lines = body.matchAll(/^\s*(\w+)\??: ([^;]+);/gm);
  const properties = new Map([...lines].map(([, property = '', kind = '']) => [property, kind.replace(/\s+/g, ' ')]));
  const found = properties.size === 0 && base === undefined ? null : { base: base ?? null, properties };
  types.set(name, found);
  return found;
}

/** Null: no such list of words. */
export function publishedWords(name: string): readonly string[] | null {
  const [, words] = declarations().match(new RegExp(`^export type ${name} =([^;]+);`, 'm')) ?? [];
  return words === undefined ? null : [...words.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
}
