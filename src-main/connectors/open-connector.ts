import { isAppError } from '../../src-shared/errors/errors.ts';
import type { Logs } from '../logs/logs.ts';
import { createTrust } from '../net/tls.ts';
import type { Connectors, SignIn } from './connectors.ts';
import { type ConnectionTimes, usualTimes } from './limits.ts';
import { openOver, submitOver } from './over-protocol.ts';
import { rememberForNow } from './remember-for-now.ts';
import { withToken } from './with-token.ts';

export interface ConnectorOptions {
  readonly logs: Logs;
  /** Authorities (PEM) that are trusted besides the system's. */
  readonly extraCertificates?: readonly string[];
  readonly times?: Partial<ConnectionTimes>;
}

/** IMAP, POP3 or Exchange for receiving, SMTP or Exchange for sending, as the endpoint says. */
export function createConnectors({ logs, extraCertificates, times }: ConnectorOptions): Connectors {
  const log = logs('connectors');
  const trust = createTrust(extraCertificates);
  const options = { trust, times: { ...usualTimes, ...times }, knownVersions: new Map() };
  const logged = async <T>(
    method: string,
    { endpoint: { host, port } }: SignIn,
    work: () => Promise<T>,
  ): Promise<T> => {
    const started = performance.now();
    const fields = () => ({ method, host, port, milliseconds: Math.round(performance.now() - started) });
    try {
      const result = await work();
      log.debug('connection used', fields());
      return result;
    } catch (error) {
      if (!isAppError(error, 'cancelled')) log.warn('connection failed', { ...fields(), error });
      throw error;
    }
  };
  return {
    openIncoming: (signIn, signal, memory = rememberForNow()) =>
      logged('open-incoming', signIn, () =>
        withToken(signIn, signal, (ready) => openOver(ready, { options, memory }, signal)),
      ),
    submitLetter: (signIn, letter, signal) =>
      logged('submit-letter', signIn, () =>
        withToken(signIn, signal, (ready) => submitOver(ready, letter, options, signal)),
      ),
    checkConnection: async (incoming, outgoing, signal, wishes = {}) => {
      const first = incoming ?? outgoing;
      if (first === null) return { ok: true, steps: [], certificate: null };
      return logged('check-connection', first, async () => {
        const { checkConnection } = await import('./check-connection.ts');
        return checkConnection(incoming, outgoing, { ...options, ...wishes }, signal);
      });
    },
  };
}
