import { AppError } from '../../src-shared/errors/errors.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import { withinBudget } from '../net/deadline.ts';
import type { AuthorityClient, Granted } from './authority-client.ts';

/** Where a grant is kept: the vault's entry of a mailbox, or the memory of a sign-in that is not saved yet. */
export interface GrantSlot {
  read(): Promise<string | null>;
  /** Durable when it resolves. */
  write(grant: string): Promise<void>;
}

export interface TokenHolder {
  /** One queue of renewals and one token for each; a changed registration is another holder's business: see `registration`. */
  readonly key: string;
  /** All that the token depends on: with another one a token that is held is of no use. */
  readonly registration: string;
  /** The authority's. */
  readonly host: string;
  readonly client: AuthorityClient;
  readonly slot: GrantSlot;
}

export interface Tokens {
  /** `refused`: a token that the server did not take; then another one is got, once for all that were refused the same. */
  tokenFor(holder: TokenHolder, refused: string | null, signal: AbortSignal): Promise<string>;
  /** `tokenFor` would give one that was got before. */
  holds(holder: Pick<TokenHolder, 'key' | 'registration'>): boolean;
  /** A token that came with a sign-in. */
  hold(holder: Pick<TokenHolder, 'key' | 'registration'>, granted: Granted): void;
  forget(key: string): void;
  /** When no renewal is under way any more: one that is cut off may have used up a grant whose successor nobody kept. */
  settled(): Promise<void>;
}

interface Held {
  readonly registration: string;
  readonly accessToken: string;
  /** On the clock that nobody can set (performance.now). */
  readonly renewAt: number;
}

/** Renewed so long before its end, or after four fifths of a short life: a pass that begins with it should end with it. */
const marginSeconds = 300;
const usableShare = 0.8;
/** Discovery, token and the keychain together; each has a deadline of its own. */
const patience = 120_000;

/** `server.protocol` for a token of other characters than tokens have (RFC 6749, A.12): in a header or a command it would say something else. */
export function speakable(granted: Granted, host: string): Granted {
  if (/^[\x20-\x7e]+$/.test(granted.accessToken)) return granted;
  throw new AppError('server.protocol', { host, port: 443, serverWords: 'access_token' });
}

export function createTokens(now: () => number = () => performance.now()): Tokens {
  const held = new Map<string, Held>();
  /** A successor that the vault did not take yet. The one before it may be dead, so it is used first. */
  const unsaved = new Map<string, string>();
  const renewals = createKeyedQueue();
  const running = new Set<Promise<unknown>>();

  const hold: Tokens['hold'] = ({ key, registration }, { accessToken, secondsLeft }) => {
    const usable = Math.max(secondsLeft - marginSeconds, secondsLeft * usableShare);
    held.set(key, { registration, accessToken, renewAt: now() + usable * 1000 });
  };
  const usableToken = (
    { key, registration }: Pick<TokenHolder, 'key' | 'registration'>,
    refused: string | null,
  ): string | null => {
    const token = held.get(key);
    const usable = token?.registration === registration && token.accessToken !== refused && now() < token.renewAt;
    return usable ? token.accessToken : null;
  };
  const save = async ({ key, slot }: TokenHolder): Promise<void> => {
    const grant = unsaved.get(key);
    if (grant === undefined) return;
    await slot.write(grant);
    if (unsaved.get(key) === grant) unsaved.delete(key);
  };
  const renew = async (holder: TokenHolder, refused: string | null): Promise<string> => {
    // Whoever was first in the queue has got it for all.
    const known = usableToken(holder, refused);
    if (known !== null) return known;
    await save(holder);
    const before = await holder.slot.read();
    const granted = await holder.client.renew(before);
    if (granted.grant !== null && granted.grant !== before) {
      unsaved.set(holder.key, granted.grant);
      await save(holder);
    }
    // The grant is kept by now: it may be the only one.
    hold(holder, speakable(granted, holder.host));
    return granted.accessToken;
  };

  return {
    async tokenFor(holder, refused, signal) {
      const known = usableToken(holder, refused);
      if (known !== null) return known;
      const renewal = renewals.run(holder.key, () => renew(holder, refused));
      const settled = renewal.catch(() => undefined).finally(() => running.delete(settled));
      running.add(settled);
      // Who asked may go; the renewal goes on.
      return withinBudget(
        { milliseconds: patience, signal },
        () => renewal,
        () => {},
      );
    },
    holds: (holder) => usableToken(holder, null) !== null,
    hold,
    forget(key) {
      held.delete(key);
      unsaved.delete(key);
    },
    async settled() {
      await Promise.all(running);
    },
  };
}
