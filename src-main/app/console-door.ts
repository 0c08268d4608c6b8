import { type AppContract, contract } from '../../src-shared/contract/contract.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import { createRouter, type Route } from '../../src-shared/contract/router.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';

type StartupMethod = 'console.startup' | 'console.open';
export type ServiceHandlers = Omit<Handlers<AppContract>, StartupMethod>;

export interface VaultChoice {
  readonly vault: 'keychain' | 'passphrase';
  readonly passphrase: string | null;
}

/** A profile that is open: its services behind the contract. */
export interface OpenedConsole {
  readonly handlers: ServiceHandlers;
  close(): Promise<void>;
}

export interface DoorParts {
  readonly open: (choice: VaultChoice) => Promise<OpenedConsole>;
  readonly firstChoice: VaultChoice;
  readonly events: Events;
  readonly log: Logger;
  readonly checkOutput: boolean;
}

export interface ConsoleDoor {
  readonly route: Route;
  /** Resolves when the first attempt has ended, well or not. */
  readonly firstAttempt: Promise<void>;
  close(): Promise<void>;
}

/**
 * A window must come up even when the keychain is locked or the store damaged: it says so and offers another try. Until the profile is open, every
 * call but those two fails with `store.unavailable`.
 */
export function createConsoleDoor({ open, firstChoice, events, log, checkOutput }: DoorParts): ConsoleDoor {
  let choice = firstChoice;
  let opened: OpenedConsole | null = null;
  let problem: WireError | null = null;
  let attempt: Promise<void> | null = null;

  const tryOpen = () => {
    attempt ??= open(choice)
      .then((console) => {
        opened = console;
        problem = null;
        events.emit('console.opened', {});
      })
      .catch((error: unknown) => {
        problem = toWire(error);
        log.error('profile not opened', { code: problem.code, error });
      })
      .finally(() => {
        attempt = null;
      });
    return attempt;
  };
  const outcome = () => ({ problem, vault: choice.vault });

  const startup: Pick<Handlers<AppContract>, StartupMethod> = {
    'console.startup': async () => {
      await attempt;
      return outcome();
    },
    'console.open': async (next) => {
      await attempt;
      if (opened) return outcome();
      choice = next;
      await tryOpen();
      return outcome();
    },
  };
  // Looked up at each call: the services exist only after the profile was opened.
  const services = new Proxy({} as ServiceHandlers, {
    get: (_none, name: string) => async (input: never, signal: AbortSignal) => {
      await attempt;
      if (!opened) throw new AppError('store.unavailable');
      return opened.handlers[name as keyof ServiceHandlers](input, signal);
    },
  });
  const handlers = new Proxy(startup as Handlers<AppContract>, {
    get: (own, name: string) => own[name as StartupMethod] ?? services[name as keyof ServiceHandlers],
  });

  return {
    route: createRouter<AppContract>(contract, handlers, { log, checkOutput }),
    firstAttempt: tryOpen(),
    close: async () => {
      await attempt;
      await opened?.close();
    },
  };
}
