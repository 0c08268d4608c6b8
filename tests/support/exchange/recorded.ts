import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { XmlElement } from 'libxml2-wasm';
import { z } from 'zod';
import { parseXml, schemaFolder } from './schema.ts';
import { namespaces } from './words.ts';

const exchangeSchema = z.object({ op: z.string(), req: z.string(), status: z.number(), res: z.string() });
/** One question to a server of other hands, and its answer: the whole envelopes. */
export type RecordedExchange = z.output<typeof exchangeSchema>;

/** In the order in which they happened; null: they are not beside the repository (said on stderr). */
export function recordedExchanges(): readonly RecordedExchange[] | null {
  const file = join(schemaFolder ?? '', 'recorded-exchanges.json');
  if (schemaFolder !== undefined && existsSync(file))
    return z.array(exchangeSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  process.stderr.write(
    'Exchange: no recorded exchanges beside the repository (../shared/ews-schema): nothing is compared\n',
  );
  return null;
}

/** An element without what is invented in it. */
export interface Shape {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Where it is a word of the protocol; else empty. */
  readonly word: string;
  readonly children: readonly Shape[];
}

const words = new Set(['ResponseCode', 'IncludesLastItemInRange', 'IsRead', 'Count']);

/** What stands in the envelope's body. */
export function shapeOf(envelope: string): Shape {
  const document = parseXml(envelope);
  try {
    return shape(document.get('/soap:Envelope/soap:Body/*', namespaces) as XmlElement);
  } finally {
    document.dispose();
  }
}

function shape(element: XmlElement): Shape {
  const children = (element.find('./*') as XmlElement[]).map(shape);
  const said = element.attr('ResponseClass')?.value ?? (words.has(element.name) ? element.content : '');
  return { name: element.name, attributes: element.attrs.map(({ name }) => name).sort(), word: said, children };
}

/** Names of items and places to go on from, in their order. */
export function namesIn(envelope: string): readonly string[] {
  return [...envelope.matchAll(/<t:ItemId Id="([^"]+)"|<m:SyncState>([^<]+)</g)].map(
    ([, id, state]) => id ?? state ?? '',
  );
}

const lists = new Set(['Items', 'Folders', 'Changes']);

/**
 * What one answer has otherwise than another. Of an entry in a list the double need not tell everything, but nothing that the other does not tell, and in its order; folders need not be
 * the same ones.
 */
export function differences(ours: Shape, theirs: Shape, within = false): readonly string[] {
  const here: string[] = [];
  if (ours.word !== theirs.word) here.push(`${ours.name}: ${ours.word}, not ${theirs.word}`);
  for (const one of ours.attributes)
    if (!theirs.attributes.includes(one)) here.push(`${ours.name} @${one}: ours alone`);
  for (const one of theirs.attributes)
    if (!ours.attributes.includes(one)) here.push(`${ours.name} @${one}: theirs alone`);
  return [...here, ...(lists.has(ours.name) ? ofEntries(ours, theirs) : ofChildren(ours, theirs, within))];
}

function ofEntries(ours: Shape, theirs: Shape): readonly string[] {
  const { length } = ours.children;
  // Folders are others, in another order.
  const ofFolders = [ours.name, ...ours.children.flatMap(({ children: [what] }) => what?.name ?? [])].some(
    (name) => name === 'Folders' || name === 'Folder',
  );
  const counted = ofFolders || length === theirs.children.length;
  const uncounted = counted ? [] : [`${ours.name}: ${length}, not ${theirs.children.length}`];
  const alike = ours.children.flatMap((entry, at) => {
    const same = theirs.children.filter((one) => kindOf(one) === kindOf(entry));
    const [other] = ofFolders ? same : theirs.children.slice(at);
    if (other === undefined) return ofFolders ? [`${kindOf(entry)}: ours alone`] : [];
    return other.name === entry.name ? differences(entry, other, true) : [`${entry.name}, not ${other.name}`];
  });
  return [...uncounted, ...new Set(alike)];
}

const kindOf = ({ name, children: [what] }: Shape): string =>
  what !== undefined && /Folder$/.test(what.name) ? `${name}/${what.name}` : name;

function ofChildren(ours: Shape, theirs: Shape, within: boolean): readonly string[] {
  const found: string[] = [];
  let at = 0;
  for (const child of ours.children) {
    const place = theirs.children.findIndex(({ name }, index) => index >= at && name === child.name);
    const other = theirs.children[place];
    if (other === undefined) {
      found.push(`${ours.name}/${child.name}: ours alone, or out of order`);
      continue;
    }
    if (!within)
      for (const { name } of theirs.children.slice(at, place)) found.push(`${ours.name}/${name}: theirs alone`);
    found.push(...differences(child, other, within));
    at = place + 1;
  }
  if (!within) for (const { name } of theirs.children.slice(at)) found.push(`${ours.name}/${name}: theirs alone`);
  return found;
}
