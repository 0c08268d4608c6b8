import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';

const capabilities = 'IMAP4rev1 IDLE';

/** Greets and answers what every client asks, until a command fits; returns its tag. The folder INBOX holds one letter. */
export async function serveUntil(
  line: ScriptedLine,
  wanted: RegExp,
  { greet = true, offer = capabilities }: { readonly greet?: boolean; readonly offer?: string } = {},
): Promise<string> {
  if (greet) await line.send('* OK ready\r\n');
  for (;;) {
    const [, tag = '', command = ''] = await line.expect(/^(\S+) (.+)$/);
    if (wanted.test(command)) return tag;
    await line.send(`${answerTo(command, offer)}${tag} OK done\r\n`);
  }
}

/** What a server says to a command that fits: untagged lines, then the end, `OK done` when left out. */
export interface Reply {
  readonly to: RegExp;
  readonly lines?: readonly string[];
  readonly end?: string;
}

/** A server that offers this, answers so, and all else as `serveUntil` does; the first reply that fits counts. */
export async function startImap(offer: string, replies: readonly Reply[] = []) {
  const server = await startScriptedServer(async (line) => {
    await line.send('* OK ready\r\n');
    for (;;) {
      const [, tag = '', command = ''] = await line.expect(/^(\S+) (.+)$/);
      const reply = replies.find(({ to }) => to.test(command));
      const lines = reply?.lines?.map((text) => `${text}\r\n`).join('') ?? answerTo(command, offer);
      await line.send(`${lines}${tag} ${reply?.end ?? 'OK done'}\r\n`);
    }
  });
  /** Commands of a kind without their tags, in the order in which they came. */
  const heard = (kind = /./): readonly string[] =>
    [...server.received().matchAll(/^\S+ (.+)\r$/gm)].map(([, command = '']) => command).filter((it) => kind.test(it));
  return { ...server, heard };
}

function answerTo(command: string, offer: string): string {
  if (command === 'CAPABILITY') return `* CAPABILITY ${offer}\r\n`;
  if (command.startsWith('LIST')) return '* LIST (\\HasNoChildren) "/" INBOX\r\n';
  if (/^(EXAMINE|SELECT)/.test(command)) {
    return '* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 10] next\r\n* FLAGS (\\Seen)\r\n';
  }
  return '';
}
