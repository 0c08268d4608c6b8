import { isAppError } from '../../src-shared/errors/errors.ts';
import type { Logs } from '../logs/logs.ts';
import { createTrust } from '../net/tls.ts';
import { type Connectors, protocolOf, type SignIn } from './connectors.ts';
import { type ConnectionTimes, usualTimes } from './limits.ts';
import { numberForNow } from './number-uidls.ts';
import { withToken } from './with-token.ts';

export interface ConnectorOptions {
  readonly logs: Logs;
  /** Authorities (PEM) that are trusted besides the system's. */
  readonly extraCertificates?: readonly string[];
  readonly times?: Partial<ConnectionTimes>;
}

/** IMAP or POP3 for receiving, as the endpoint says; SMTP for sending. */
export function createConnectors({ logs, extraCertificates, times }: ConnectorOptions): Connectors {
  const log = logs('connectors');
  const options = { trust: createTrust(extraCertificates), times: { ...usualTimes, ...times } };
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
  // Two megabytes of protocol libraries, read at the first connection: the window does not wait for them.
  return {
    openIncoming: (signIn, signal, numberUidls = numberForNow()) =>
      logged('open-incoming', signIn, () =>
        withToken(signIn, signal, async (ready) => {
          if (protocolOf(ready) === 'pop3') {
            const { openPop3 } = await import('./pop3/pop3-connector.ts');
            return openPop3(ready, { ...options, numberUidls }, signal);
          }
          const { openImap } = await import('./imap/imap-connector.ts');
          return openImap(ready, options, signal);
        }),
      ),
    submitLetter: (signIn, letter, signal) =>
      logged('submit-letter', signIn, () =>
        withToken(signIn, signal, async (ready) => {
          const { submitLetter } = await import('./smtp/submit-letter.ts');
          return submitLetter(ready, letter, options, signal);
        }),
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
