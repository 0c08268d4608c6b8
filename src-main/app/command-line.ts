import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly profile: string | undefined;
  readonly demo: boolean;
  /** Undefined: the one that the profile was made with. */
  readonly vault: 'keychain' | 'passphrase' | undefined;
}

/** Out of the environment, not only read: what is started for a link or by Chromium would inherit it. */
export function takePassphrase(environment: NodeJS.ProcessEnv): string | null {
  const passphrase = environment.MAILROOM_PASSPHRASE ?? null;
  delete environment.MAILROOM_PASSPHRASE;
  return passphrase;
}

/** What the console's window understands; Chromium's own switches pass by unread. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { profile: { type: 'string' }, demo: { type: 'boolean' }, vault: { type: 'string' } },
  });
  return {
    profile: typeof values.profile === 'string' ? values.profile : undefined,
    demo: values.demo === true,
    vault: values.vault === 'passphrase' || values.vault === 'keychain' ? values.vault : undefined,
  };
}
