import type { Page } from '@playwright/test';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { openConsoleWindow } from '../support/console-window.ts';
import { type AskConsole, addMailbox, type Loaded, loadMailbox, type MailboxOnServer } from './load-through.ts';
import { type MemoryPeak, watchMemory } from './sample-memory.ts';

export interface LoadInWindow extends Loaded {
  /** Main, store and workers; not the page, nor Chromium's own processes. */
  readonly memory: MemoryPeak;
  /** Longest time in which the main process could not answer. */
  readonly longestBlockMs: number;
}

/** The store's process, as a child of Node or as Electron's utility process. */
const storeProcess = /store\.cjs|node\.mojom\.NodeService/;

/** A first load in the built program, asked for by its page. The profile's key lies in the keychain. */
export async function loadInWindow(profile: string, mailbox: MailboxOnServer): Promise<LoadInWindow> {
  const { app, page, close } = await openConsoleWindow({ profile });
  const ended = new AbortController();
  try {
    await page.waitForLoadState('domcontentloaded');
    const call = askThrough(page);
    const mailboxId = await addMailbox(call, mailbox);
    const watching = watchMemory(app.process().pid ?? 0, ended.signal, storeProcess);
    await app.evaluate(() => {
      const delays = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 });
      delays.enable();
      Object.assign(globalThis, { benchDelays: delays });
    });
    const loaded = await loadMailbox(call, mailboxId);
    const longest = await app.evaluate(
      () => (globalThis as unknown as { benchDelays: { readonly max: number } }).benchDelays.max,
    );
    ended.abort();
    return { ...loaded, memory: await watching, longestBlockMs: longest / 1e6 - 1 };
  } finally {
    ended.abort();
    await close();
  }
}

type Reply =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: WireError };

function askThrough(page: Page): AskConsole {
  // Above what the page itself counts to.
  let next = 1_000_000_000;
  return async (name, input) => {
    const id = next++;
    const reply = await page.evaluate(
      (question) =>
        new Promise<Reply>((resolve) => {
          const stop = window.mailroom?.onAnswer((answer) => {
            if (answer.kind === 'event' || answer.id !== question.id) return;
            stop?.();
            resolve(answer);
          });
          window.mailroom?.send(question);
        }),
      { kind: 'call' as const, id, name, input: input as unknown },
    );
    if (reply.kind === 'error') throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value as never;
  };
}
