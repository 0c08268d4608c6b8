import type { ScriptedLine } from './scripted-server.ts';

export interface HeldLetter {
  readonly uid: number;
  readonly raw: string;
  readonly seen?: boolean;
  /** Marked \\Deleted, and still there. */
  readonly deleted?: boolean;
}

/** INBOX of a scripted IMAP server. It may be changed at any time, and what it says of itself need not be true. */
export interface ScriptedMailbox {
  uidValidity: number;
  /** In the order of their sequence numbers. */
  letters: readonly HeldLetter[];
  /** Null: not said. Left out: one above the highest. */
  uidNext?: number | null;
  /** What EXAMINE says instead of the truth. */
  exists?: number;
  /** RFC822.SIZE instead of the truth. */
  sizeOf?: (letter: HeldLetter) => number;
  /** Named by SEARCH, whatever the folder holds. */
  alsoFound?: readonly number[];
  capabilities?: string;
}

export interface ScriptedCommand {
  readonly tag: string;
  /** Without the tag. */
  readonly text: string;
}

/** Sees each command first; `true`: it has answered, and the mailbox does not. */
export type Interpose = (command: ScriptedCommand, line: ScriptedLine) => Promise<boolean | undefined>;

/** Serves one connection until the client leaves: enough IMAP (RFC 3501) to load a mailbox, and no more. */
export async function serveMailbox(line: ScriptedLine, box: ScriptedMailbox, interpose?: Interpose): Promise<void> {
  await line.send('* OK ready\r\n');
  for (;;) {
    const [, tag = '', text = ''] = await line.expect(/^(\S+) (.+)$/);
    if (await interpose?.({ tag, text }, line)) continue;
    if (/^IDLE/i.test(text)) {
      await line.send('+ idling\r\n');
      await line.expect(/^DONE/i);
    } else {
      for (const answer of answersTo(text, box)) await line.send(Buffer.from(answer, 'latin1'));
    }
    await line.send(`${tag} OK done\r\n`);
    if (/^LOGOUT/i.test(text)) return;
  }
}

function answersTo(text: string, box: ScriptedMailbox): readonly string[] {
  const [, command = '', rest = ''] = /^((?:UID )?\S+) ?(.*)$/i.exec(text) ?? [];
  switch (command.toUpperCase()) {
    case 'CAPABILITY':
      return [`* CAPABILITY ${box.capabilities ?? 'IMAP4rev1'}\r\n`];
    case 'LIST':
      return ['* LIST (\\HasNoChildren) "/" INBOX\r\n'];
    case 'STATUS':
      return [`* STATUS INBOX (${statusOf(box)})\r\n`];
    case 'EXAMINE':
    case 'SELECT':
      return selected(box);
    case 'UID SEARCH':
      return [`* SEARCH${found(rest, box).map((uid) => ` ${uid}`)}\r\n`.replaceAll(',', '')];
    case 'UID FETCH':
      return fetched(rest, box);
    case 'UID STORE':
      return stored(rest, box);
    case 'UID EXPUNGE':
      return expunged(rest, box);
    case 'LOGOUT':
      return ['* BYE\r\n'];
    default:
      return [];
  }
}

function nextUid({ uidNext, letters }: ScriptedMailbox): number | null {
  return uidNext === undefined ? Math.max(0, ...letters.map(({ uid }) => uid)) + 1 : uidNext;
}

function statusOf(box: ScriptedMailbox): string {
  const { letters, exists = letters.length, uidValidity } = box;
  const unseen = letters.filter(({ seen }) => !seen).length;
  const next = nextUid(box);
  return `MESSAGES ${exists} UNSEEN ${unseen} UIDVALIDITY ${uidValidity}${next === null ? '' : ` UIDNEXT ${next}`}`;
}

function selected(box: ScriptedMailbox): readonly string[] {
  const { letters, exists = letters.length, uidValidity } = box;
  const next = nextUid(box);
  return [
    `* ${exists} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen \\Deleted)\r\n`,
    '* OK [PERMANENTFLAGS (\\Seen \\Deleted)] kept\r\n',
    `* OK [UIDVALIDITY ${uidValidity}] valid\r\n`,
    ...(next === null ? [] : [`* OK [UIDNEXT ${next}] next\r\n`]),
  ];
}

function found(criteria: string, box: ScriptedMailbox): readonly number[] {
  const set = /\bUID ([\d:,*]+)/i.exec(criteria)?.[1];
  const unseen = /\b(UNSEEN|NOT SEEN)\b/i.test(criteria);
  const fits = inSet(set ?? '1:*', box);
  const uids = box.letters.filter(({ seen }) => !unseen || !seen).map(({ uid }) => uid);
  return [...uids, ...(box.alsoFound ?? [])].filter(fits);
}

/** `n:*` also names the last one when its UID is below n (RFC 3501, 6.4.8). */
function inSet(set: string, { letters }: ScriptedMailbox): (uid: number) => boolean {
  const last = Math.max(0, ...letters.map(({ uid }) => uid));
  const ranges = set.split(',').map((range) => {
    const [first = 0, end = first] = range.split(':').map((edge) => (edge === '*' ? last : Number(edge)));
    return { lowest: Math.min(first, end), highest: Math.max(first, end) };
  });
  return (uid) => ranges.some(({ lowest, highest }) => uid >= lowest && uid <= highest);
}

function fetched(rest: string, box: ScriptedMailbox): readonly string[] {
  const [, set = '', items = ''] = /^(\S+) (.*)$/.exec(rest) ?? [];
  const fits = inSet(set, box);
  return box.letters.flatMap((letter, at) => (fits(letter.uid) ? [fetchAnswer(at + 1, letter, items, box)] : []));
}

/** Only marks are added, and only these two. */
function stored(rest: string, box: ScriptedMailbox): readonly string[] {
  const [, set = '', flag = ''] = /^(\S+) \+FLAGS\.SILENT \(\\(Seen|Deleted)\)$/i.exec(rest) ?? [];
  const fits = inSet(set, box);
  const mark = flag.toLowerCase() === 'seen' ? { seen: true } : { deleted: true };
  box.letters = box.letters.map((letter) => (fits(letter.uid) ? { ...letter, ...mark } : letter));
  return [];
}

/** RFC 4315: of the set, those that are marked. */
function expunged(set: string, box: ScriptedMailbox): readonly string[] {
  const fits = inSet(set, box);
  const goes = box.letters.map(({ uid, deleted }) => deleted === true && fits(uid));
  box.letters = box.letters.filter((_, at) => !goes[at]);
  // From the end, so that no number shifts another.
  return goes.flatMap((gone, at) => (gone ? [`* ${at + 1} EXPUNGE\r\n`] : [])).toReversed();
}

/** One letter as FETCH gives it: only what was asked for. */
export function fetchAnswer(sequence: number, letter: HeldLetter, items: string, box?: ScriptedMailbox): string {
  const { uid, raw, seen = false } = letter;
  const size = box?.sizeOf?.(letter) ?? Buffer.byteLength(raw, 'latin1');
  const parts = [`UID ${uid}`];
  if (/\bFLAGS\b/i.test(items)) parts.push(`FLAGS (${seen ? '\\Seen' : ''})`);
  if (/\bINTERNALDATE\b/i.test(items)) parts.push('INTERNALDATE "01-Mar-2026 10:00:00 +0000"');
  if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${size}`);
  const header = /BODY(?:\.PEEK)?\[HEADER[^\]]*\]/i.test(items);
  const whole = /BODY(?:\.PEEK)?\[\]/i.test(items);
  const text = header ? raw.slice(0, raw.indexOf('\r\n\r\n') + 4) : raw;
  if (header || whole) parts.push(`BODY[${header ? 'HEADER' : ''}] ${literal(text)}`);
  return `* ${sequence} FETCH (${parts.join(' ')})\r\n`;
}

/** With its true length, or another. */
export function literal(text: string, announced = Buffer.byteLength(text, 'latin1')): string {
  return `{${announced}}\r\n${text}`;
}
