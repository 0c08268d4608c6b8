import type { ScriptedLine } from '../support/scripted-server.ts';

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

function answerTo(command: string, offer: string): string {
  if (command === 'CAPABILITY') return `* CAPABILITY ${offer}\r\n`;
  if (command.startsWith('LIST')) return '* LIST (\\HasNoChildren) "/" INBOX\r\n';
  if (command.startsWith('EXAMINE')) {
    return '* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 10] next\r\n* FLAGS (\\Seen)\r\n';
  }
  return '';
}
