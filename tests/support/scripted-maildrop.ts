import type { ScriptedLine } from './scripted-server.ts';

export interface DropLetter {
  /** Null: the listing leaves it out. */
  readonly uidl: string | null;
  /** One character for each byte. */
  readonly raw: string;
  /** What LIST says instead of its size. */
  readonly announced?: number;
}

/** Instead of the usual answer: a text, or whatever is done over the line; `usual` answers as ever. */
export type DropReply = readonly [
  asked: RegExp,
  reply: string | ((line: ScriptedLine, usual: () => Promise<void>) => Promise<void>),
];

/** A mailbox of a POP3 server; a test may change it between sessions. */
export interface ScriptedMaildrop {
  letters: readonly DropLetter[];
  /** Lines of CAPA; null: the server does not know it. */
  offer?: readonly string[] | null;
  replies?: readonly DropReply[];
  greeting?: string;
}

const usualOffer = ['TOP', 'UIDL', 'USER', 'RESP-CODES'];

/** Serves one session as RFC 1939 has it: what is deleted is gone after QUIT alone. */
export async function serveMaildrop(line: ScriptedLine, drop: ScriptedMaildrop): Promise<void> {
  await line.send(drop.greeting ?? '+OK ready\r\n');
  const session: Session = { letters: drop.letters, deleted: new Set(), drop };
  for (;;) {
    const asked = await line.nextLine();
    const usual = (): Promise<void> => line.send(Buffer.from(answer(session, asked), 'latin1'));
    const [, reply] = drop.replies?.find(([pattern]) => pattern.test(asked)) ?? [];
    if (typeof reply === 'string') await line.send(reply);
    else if (reply !== undefined) await reply(line, usual);
    else await usual();
    if (/^QUIT/i.test(asked)) return;
  }
}

interface Session {
  /** As they lay when it began. */
  readonly letters: readonly DropLetter[];
  readonly deleted: Set<DropLetter>;
  readonly drop: ScriptedMaildrop;
}

const ended = (lines: readonly string[]): string => `+OK\r\n${lines.map((line) => `${line}\r\n`).join('')}.\r\n`;

/** A letter's text on the wire: dots doubled, ended by its dot. */
export function onTheWire(raw: string): string {
  return `${raw.replace(/(^|\r\n)\./g, '$1..')}.\r\n`;
}

function answer(session: Session, asked: string): string {
  const [command = '', number = ''] = asked.split(' ');
  const { letters, deleted, drop } = session;
  const offer = drop.offer === undefined ? usualOffer : drop.offer;
  const letter = letters[Number(number) - 1];
  const there = letters.map((it, at) => ({ it, at: at + 1 })).filter(({ it }) => !deleted.has(it));
  switch (command.toUpperCase()) {
    case 'CAPA':
      return offer === null ? '-ERR unknown command\r\n' : ended(offer);
    case 'LIST':
      return ended(there.map(({ it, at }) => `${at} ${it.announced ?? it.raw.length}`));
    case 'UIDL':
      return ended(there.flatMap(({ it, at }) => (it.uidl === null ? [] : [`${at} ${it.uidl}`])));
    case 'RETR':
      return letter
        ? `+OK ${letter.announced ?? letter.raw.length} octets\r\n${onTheWire(letter.raw)}`
        : '-ERR none\r\n';
    case 'TOP':
      return letter ? `+OK\r\n${onTheWire(letter.raw.slice(0, letter.raw.indexOf('\r\n\r\n') + 4))}` : '-ERR none\r\n';
    case 'DELE':
      if (letter) deleted.add(letter);
      return letter ? '+OK\r\n' : '-ERR none\r\n';
    case 'QUIT':
      drop.letters = drop.letters.filter((it) => !deleted.has(it));
      return '+OK bye\r\n';
    default:
      return ['USER', 'PASS', 'NOOP'].includes(command.toUpperCase()) ? '+OK\r\n' : '-ERR unknown command\r\n';
  }
}
