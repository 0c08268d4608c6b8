import type { LogEvent } from '../../src-shared/domain/connection-log.ts';
import type { IncomingProtocol } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { ConnectionLog, LoggedFacts } from '../logs/connection-log.ts';
import type { GuardedSignIn } from './unquoted-errors.ts';

/** Writes into the log of the mailbox whose sign-in it is; of a draft nothing is written. */
export interface Scribe {
  readonly keepsAll: () => boolean;
  readonly note: (event: LogEvent, facts: LoggedFacts) => void;
  /** Notes how it ended and how long it took; `facts` says what came of it. */
  readonly follow: <T>(
    event: LogEvent,
    about: LoggedFacts,
    work: () => Promise<T>,
    facts?: (result: T) => LoggedFacts,
  ) => Promise<T>;
  /** Every error that is told of or passed on goes through it: a server may have quoted the sign-in. */
  readonly hide: (error: unknown) => unknown;
}

export interface ScribeQuestion extends Pick<GuardedSignIn, 'signIn' | 'hide'> {
  readonly protocol: IncomingProtocol | 'smtp';
}

export function scribeFor(log: ConnectionLog | undefined, { signIn, protocol, hide }: ScribeQuestion): Scribe {
  const { mailboxId, endpoint } = signIn;
  const place = { protocol, host: endpoint.host, port: endpoint.port };
  const note: Scribe['note'] = (event, facts) => {
    if (mailboxId !== undefined) log?.write(mailboxId, event, { ...place, ...facts });
  };
  const keepsAll = () => mailboxId !== undefined && log?.keepsAll(mailboxId) === true;
  return {
    keepsAll,
    note,
    hide,
    async follow(event, about, work, facts = () => ({})) {
      const started = performance.now();
      const took = () => Math.round(performance.now() - started);
      try {
        const result = await work();
        if (keepsAll()) note(event, { ...about, ...facts(result), milliseconds: took() });
        return result;
      } catch (caught) {
        const error = hide(caught);
        if (!isAppError(error, 'cancelled')) note(event, { ...about, problem: toWire(error), milliseconds: took() });
        throw error;
      }
    },
  };
}
