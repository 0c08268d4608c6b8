import type { Connectors, SignIn } from '../../src-main/connectors/connectors.ts';
import type { ConnectionTimes } from '../../src-main/connectors/limits.ts';
import { type ConnectorOptions, createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import type { Encryption, Endpoint } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Dovecot } from '../support/dovecot.ts';

/** Looked for in what a server received: it must never be there in the clear. */
export const password = 'secret';

export function signInTo(port: number, encryption: Encryption = 'none', changes: Partial<Endpoint> = {}): SignIn {
  const endpoint: Endpoint = {
    host: 'localhost',
    port,
    encryption,
    login: 'bob',
    signIn: 'password',
    pinnedCertificate: null,
    ...changes,
  };
  return { endpoint, password };
}

export function imapOf(dovecot: Dovecot, encryption: Encryption, changes: Partial<Endpoint> = {}): SignIn {
  return signInTo(encryption === 'tls' ? dovecot.imapsPort : dovecot.imapPort, encryption, changes);
}

/** To any server that speaks POP3. */
export function pop3To(port: number, encryption: Encryption = 'none', changes: Partial<Endpoint> = {}): SignIn {
  const { endpoint } = signInTo(port, encryption, changes);
  return { endpoint: { ...endpoint, protocol: 'pop3' }, password };
}

export function pop3Of(dovecot: Dovecot, encryption: Encryption, changes: Partial<Endpoint> = {}): SignIn {
  return pop3To(encryption === 'tls' ? dovecot.pop3sPort : dovecot.pop3Port, encryption, changes);
}

export function connectorsFor(
  trusted: readonly string[] = [],
  times: Partial<ConnectionTimes> = {},
  sawCertificate: ConnectorOptions['sawCertificate'] = () => {},
): Connectors {
  const patience = { farewell: 200, ...times };
  return createConnectors({ logs: silentLogs, extraCertificates: trusted, times: patience, sawCertificate });
}

/** So short that a test of silence is over at once. */
export const impatientTimes = { connect: 2_000, greeting: 300, answer: 600, silence: 300, letter: 600, farewell: 200 };

/** Ends with the test's own time; a call that needs it hangs. */
export const soon = (): AbortSignal => AbortSignal.timeout(25_000);

/** The error that a call ends with; a call that ends well fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const end = await work.then(
    (value) => new Error(`it ended well: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (end instanceof AppError) return end;
  throw end;
}
