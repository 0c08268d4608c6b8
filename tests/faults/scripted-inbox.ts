import { afterAll, beforeAll } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, type MainWish } from '../bad-input/main-process.ts';
import { type Interpose, type ScriptedMailbox, serveMailbox } from '../support/scripted-mailbox.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, openCollecting } from './collecting-console.ts';

/** A mailbox whose server says what the test wants. */
export interface ScriptedInbox {
  readonly main: CollectingConsole;
  readonly mailbox: Mailbox;
  readonly server: ScriptedServer;
}

export interface ScriptedInboxes {
  add(box: ScriptedMailbox, interpose?: Interpose): Promise<ScriptedInbox>;
}

/** One console for a file of tests, a mailbox for each of them; what a script did not expect fails the file. */
export function createInboxes(wish: MainWish = {}): ScriptedInboxes {
  const servers: ScriptedServer[] = [];
  let main: CollectingConsole;
  beforeAll(async () => {
    main = await openCollecting(wish);
  });
  afterAll(async () => {
    await main?.close();
    for (const server of servers) await server.stop();
  });
  return {
    async add(box, interpose) {
      const server = await startScriptedServer((line) => serveMailbox(line, box, interpose));
      const user = `scripted${servers.push(server)}`;
      return { main, server, mailbox: await addMailbox(main, { user, port: server.port }) };
    },
  };
}

/** Letters as an inbox holds them, numbered from `first`. */
export function numbered(raws: readonly string[], first = 1): { readonly uid: number; readonly raw: string }[] {
  return raws.map((raw, at) => ({ uid: first + at, raw }));
}
