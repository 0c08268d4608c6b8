import type { Readable, Writable } from 'node:stream';

/** What a run of the program has to do with the world: handed in, so that it can be run in a test as well. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
