import type { IncomingConnector, OpenFolder } from '../../src-main/connectors/connectors.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { connectorsFor, failureOf, impatientTimes, pop3To, soon } from './sign-in.ts';

export const hasty = connectorsFor([], impatientTimes);
export const raw = `Subject: a\r\n\r\n${'text\r\n'.repeat(20)}`;
export const letters = [
  { uidl: 'a', raw },
  { uidl: 'b', raw: raw.replace('a', 'b') },
];

/** Runs over a server with this mailbox; gives what came of it and what the server heard. */
export async function over<T>(
  drop: Partial<ScriptedMaildrop> | ((line: ScriptedLine) => Promise<void>),
  work: (connector: IncomingConnector) => Promise<T>,
) {
  const full: ScriptedMaildrop = { letters, ...drop };
  const server = await startScriptedServer(typeof drop === 'function' ? drop : (line) => serveMaildrop(line, full));
  try {
    const connector = await hasty.openIncoming(pop3To(server.port), soon());
    try {
      return { value: await work(connector), received: server.received(), left: full.letters };
    } finally {
      await connector.close();
    }
  } finally {
    await server.stop();
  }
}

export const nothing = async (): Promise<void> => {};
export const codeOf = async (work: Promise<unknown>) => (await failureOf(work)).code;
export const inbox = (connector: IncomingConnector): Promise<OpenFolder> => connector.openFolder('INBOX', soon());
export const uids = async (connector: IncomingConnector) =>
  Array.from(await (await inbox(connector)).listUids({ afterUid: 0, since: null }, soon()));

export async function fetched(
  connector: IncomingConnector,
  wanted: readonly number[] = [1, 2],
): Promise<readonly string[]> {
  const came: string[] = [];
  for await (const letter of (await inbox(connector)).fetchLetters(wanted, soon()))
    came.push(Buffer.from(letter.raw).toString('latin1'));
  return came;
}
