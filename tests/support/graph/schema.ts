import { publishedType, publishedWords } from './published-resources.ts';

/** What the published types have against `value`. `kind` is a type, a list (`Message[]`) or what may be null (`NullableOption<string>`). */
export function faultsOf(kind: string, value: unknown, at: string = kind): readonly string[] {
  const [, inner] = kind.match(/^NullableOption<(.+)>$/) ?? [];
  if (inner !== undefined) return value === null ? [] : faultsOf(inner, value, at);
  const [, entry] = kind.match(/^(.+)\[\]$/) ?? [];
  if (entry !== undefined)
    return Array.isArray(value) ? value.flatMap((one) => faultsOf(entry, one, at)) : [`${at}: no list`];
  if (/^(string|number|boolean)$/.test(kind))
    return typeof value === kind ? [] : [`${at}: ${typeof value}, no ${kind}`];
  const words = publishedWords(kind);
  if (words !== null) return words.includes(String(value)) ? [] : [`${at}: ${String(value)} is no ${kind}`];
  return faultsOfResource(kind, value, at);
}

function faultsOfResource(kind: string, value: unknown, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${at}: no ${kind}`];
  const named = '@odata.type' in value ? String(value['@odata.type']) : null;
  const type = named === null ? kind : typeNamed(named);
  if (publishedType(type) === null) return [`${at}: unknown type ${named ?? kind}`];
  if (!basesOf(type).includes(kind)) return [`${at}: ${type} is no ${kind}`];
  return Object.entries(value).flatMap(([name, one]) => {
    // Annotations (OData JSON Format 4.01, 4.5) are nobody's property.
    if (name.includes('@')) return [];
    const told = propertyOf(type, name);
    return told === null ? [`${at}: no property ${name}`] : faultsOf(told, one, `${at}.${name}`);
  });
}

/** Names that a `$select` may list: properties of the type, and of another kind of it with its name before them. */
export function selectFaults(kind: string, select: string): readonly string[] {
  return select.split(',').flatMap((name) => {
    const [, other, property = name] = name.match(/^(microsoft\.graph\.\w+)\/(\w+)$/) ?? [];
    const type = other === undefined ? kind : typeNamed(`#${other}`);
    return propertyOf(type, property) === null ? [`$select of ${kind}: no property ${name}`] : [];
  });
}

/** `#microsoft.graph.fileAttachment` is called FileAttachment here. */
function typeNamed(name: string): string {
  const [, first = '', rest = ''] = name.match(/^#microsoft\.graph\.(\w)(\w*)$/) ?? [];
  return first.toUpperCase() + rest;
}

function basesOf(type: string): readonly string[] {
  const base = publishedType(type)?.base ?? null;
  return base === null ? [type] : [type, ...basesOf(base)];
}

function propertyOf(type: string, name: string): string | null {
  for (const one of basesOf(type)) {
    const told = publishedType(one)?.properties.get(name);
    if (told !== undefined) return told;
  }
  return null;
}
