import { afterEach } from 'vitest';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createOutbox, type Outbox } from '../../src-main/sending/sending.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import type { Outgoing, OutgoingState } from '../../src-shared/domain/outgoing.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { startRelay } from './relay.ts';
import { type ScriptedLine, startScriptedServer } from './scripted-server.ts';
import { openTicketDesk, type TicketDesk } from './ticket-desk.ts';

export interface Post {
  readonly desk: TicketDesk;
  readonly outbox: Outbox;
  /** Where each mailbox submits to; an error instead is what the sign-in fails with. */
  readonly ports: Map<MailboxId, number | AppError>;
  /** Added to the clock. */
  ahead: number;
}

export const times = { connect: 2_000, greeting: 1_000, answer: 2_000, silence: 1_000, letter: 3_000, farewell: 100 };

/** Ticket desks with an outbox, and servers for it; all of them end with the test. */
export function createPostRoom() {
  let open = new AsyncDisposableStack();
  afterEach(async () => {
    await open.disposeAsync();
    open = new AsyncDisposableStack();
  });

  /** A desk with one ticket and an outbox that is not started: tests flush it, or start it. */
  async function openPost(port: number | AppError, storeOf = (store: Store) => store): Promise<Post> {
    const { submitLetter } = createConnectors({ logs: silentLogs, times });
    const ports = new Map<MailboxId, number | AppError>();
    const made: { outbox?: Outbox } = {};
    const clock = { ahead: 0 };
    const desk = await openTicketDesk((store, events) => {
      made.outbox = createOutbox({
        store: storeOf(store),
        events,
        submit: submitLetter,
        signInFor: async (mailboxId) => ({ endpoint: endpointOf(ports.get(mailboxId)), password: '' }),
        log: silentLogs('test'),
        now: () => Date.now() + clock.ahead,
      });
      return made.outbox;
    });
    open.use(desk);
    ports.set(desk.mailboxId, port);
    await desk.allowSender('*@*');
    await desk.receive([{ messageId: 'first@firma.example', subject: 'Printer' }]);
    await desk.sort();
    return {
      desk,
      ports,
      outbox: made.outbox as Outbox,
      get ahead() {
        return clock.ahead;
      },
      set ahead(value) {
        clock.ahead = value;
      },
    };
  }

  async function scripted(script: (line: ScriptedLine) => Promise<void>) {
    const server = await startScriptedServer(script);
    open.defer(() => server.stop());
    return server;
  }

  async function relay() {
    const server = await startRelay(async () => {});
    open.defer(() => server.stop());
    return server;
  }

  return { openPost, scripted, relay, defer: (end: () => Promise<void>) => open.defer(end) };
}

function endpointOf(port: number | AppError | undefined): Endpoint {
  if (port instanceof AppError) throw port;
  if (port === undefined) throw new AppError('mailbox.unknown');
  return { host: '127.0.0.1', port, encryption: 'none', login: '', signIn: 'none', pinnedCertificate: null };
}

/** Everything up to the text: what a server says to each step. */
export async function upToText(line: ScriptedLine, answers: { readonly rcpt?: string; readonly from?: string } = {}) {
  await line.send('220 scripted\r\n');
  await line.expect(/^EHLO/);
  await line.send('250 scripted\r\n');
  await line.expect(/^MAIL FROM/);
  await line.send(`${answers.from ?? '250 ok'}\r\n`);
  if (answers.from !== undefined) return line.stall();
  await line.expect(/^RCPT TO/);
  await line.send(`${answers.rcpt ?? '250 ok'}\r\n`);
  if (answers.rcpt !== undefined) return line.stall();
  await line.expect(/^DATA/);
  await line.send('354 go on\r\n');
  await line.readUntil('\r\n.\r\n');
}

export async function replyIn(post: Post, text?: string): Promise<Outgoing> {
  return post.desk.reply((await post.desk.only()).id, text);
}

export async function flush(post: Post): Promise<Outgoing> {
  const [one, ...others] = await post.desk.call('outbox.flush', undefined);
  if (!one || others.length > 0) throw new Error(`expected one attempt, there were ${others.length + 1}`);
  return one;
}

/** Resolves when the outbox has told of an answer in this state. */
export async function reaches(post: Post, state: OutgoingState): Promise<Outgoing> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const end = post.desk.events.on('outbox.changed', () => {
        end();
        resolve();
      });
    });
    const all = await post.desk.call('outbox.list', { states: [], limit: 10 });
    const found = all.find((outgoing) => outgoing.state === state);
    if (found) return found;
    await changed;
  }
}
