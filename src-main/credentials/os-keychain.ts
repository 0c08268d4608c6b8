import { randomBytes } from 'node:crypto';
import { AppError } from '../../src-shared/errors/errors.ts';
import { keychainError } from './keychain-errors.ts';
import type { Vault } from './vault.ts';

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>;

/** A locked keyring on a desktop waits for a person to type a password, for ever when its window is never shown (seen with D-Bus autolaunch). */
const callDeadlineMs = 15_000;

export interface OsKeychainOptions {
  /** Keeps profiles apart: an entry of one is never seen by another. */
  readonly profileId: string;
  readonly deadlineMs?: number;
  readonly loadKeytar?: () => Promise<Keytar>;
}

/** The operating system's keychain. Nothing native is loaded before the first call. */
export function createOsKeychain({
  profileId,
  deadlineMs = callDeadlineMs,
  loadKeytar = loadInstalledKeytar,
}: OsKeychainOptions): Vault {
  const service = `Mailroom ${profileId}`;
  let keytar: Promise<Keytar> | null = null;

  const within = async <T>(ask: (keytar: Keytar) => Promise<T>): Promise<T> => {
    keytar ??= loadKeytar();
    try {
      return await raceDeadline(keytar.then(ask), deadlineMs);
    } catch (error) {
      throw keychainError(error);
    }
  };
  const probe = async (): Promise<void> => {
    // A name of its own each time: two consoles may probe at once.
    const name = `probe ${randomBytes(8).toString('hex')}`;
    const secret = randomBytes(16).toString('hex');
    await within((chain) => chain.setPassword(service, name, secret));
    const found = await within((chain) => chain.getPassword(service, name));
    await within((chain) => chain.deletePassword(service, name));
    if (found !== secret) throw new AppError('vault.unavailable');
  };

  return {
    kind: 'keychain',
    probe,
    async get(name) {
      const secret = await within((chain) => chain.getPassword(service, name));
      if (secret !== null) return secret;
      // libsecret says null on a locked keyring as well: only a write tells it from an absent secret. Asked each time, as a keyring may be locked meanwhile.
      await probe();
      return within((chain) => chain.getPassword(service, name));
    },
    async put(name, secret) {
      await within((chain) => chain.setPassword(service, name, secret));
    },
    async delete(name) {
      const wasThere = await within((chain) => chain.deletePassword(service, name));
      // "Was not there" is also what a locked keyring says.
      if (!wasThere) await probe();
    },
  };
}

async function raceDeadline<T>(call: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  // An answer after the deadline is nobody's any more, nor is its failure.
  call.catch(() => undefined);
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('vault.timeout')), deadlineMs);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function loadInstalledKeytar(): Promise<Keytar> {
  // As CommonJS it arrives under `default` or spread out, by who loads it.
  const loaded: Keytar & { readonly default?: Keytar } = await import('keytar');
  return loaded.default ?? loaded;
}
