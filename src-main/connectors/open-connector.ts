import { isAppError } from '../../src-shared/errors/errors.ts';
import type { Logs } from '../logs/logs.ts';
import { createTrust } from '../net/tls.ts';
import { checkConnection } from './check-connection.ts';
import type { Connectors, SignIn } from './connectors.ts';
import { openImap } from './imap/imap-connector.ts';
import { type ConnectionTimes, usualTimes } from './limits.ts';
import { submitLetter } from './smtp/submit-letter.ts';

export interface ConnectorOptions {
  readonly logs: Logs;
  /** Authorities (PEM) that are trusted besides the system's. */
  readonly extraCertificates?: readonly string[];
  readonly times?: Partial<ConnectionTimes>;
}

/** IMAP for receiving, SMTP for sending. */
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
  return {
    openIncoming: (signIn, signal) => logged('open-incoming', signIn, () => openImap(signIn, options, signal)),
    submitLetter: (signIn, letter, signal) =>
      logged('submit-letter', signIn, () => submitLetter(signIn, letter, options, signal)),
    checkConnection: (incoming, outgoing, signal) =>
      logged('check-connection', incoming, () => checkConnection(incoming, outgoing, options, signal)),
  };
}
