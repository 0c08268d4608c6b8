/**
 * Letters come and go as blocks of a few dozen kilobytes. glibc keeps such blocks in one arena for each thread and gives none back: with two arenas and
 * large blocks mapped one by one the process stays 40 MB smaller during a load (docs/notes/store.md). Other systems ignore these names.
 */
const allocator = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '1048576' };

/** V8 lets the young generation grow to 96 MB before it looks at it; what lies there are letters on their way. */
export const v8Flags = ['--max-semi-space-size=4'];

/** Options for Node would reach the process that holds the key, Electron's switches would turn it into something else, and secrets are not its affair. */
export function storeEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ELECTRON_RUN_AS_NODE: _asNode, MAILROOM_PASSPHRASE: _secret, ...plain } = environment;
  return { ...plain, ...allocator };
}
