import { openConsole } from '../../src-main/app/terminal-console.ts';

/** What the bench asks of a console in a process of its own: as JSON in the first argument. */
export interface SearchJob {
  readonly profile: string;
  readonly queries: readonly string[];
}

/** Of each query, in order. */
export interface SearchResult {
  /** From the main process to the store and back with a page of letters. */
  readonly ms: readonly number[];
  readonly found: readonly number[];
}

const pageOfLetters = 50;

const { profile, queries } = JSON.parse(process.argv[2] ?? '') as SearchJob;
const { client, close } = await openConsole({
  profile,
  vault: 'keychain',
  passphrase: null,
  automatic: false,
  person: { askWhereToSave: async () => null, openLink: async () => {} },
});
try {
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const ms: number[] = [];
  const found: number[] = [];
  for (const query of queries) {
    const start = performance.now();
    const page = await client.call('mail.search', { query, scope, before: null, limit: pageOfLetters });
    ms.push(performance.now() - start);
    found.push(page.length);
  }
  process.send?.({ ms, found } satisfies SearchResult);
} finally {
  await close();
  process.disconnect?.();
}
