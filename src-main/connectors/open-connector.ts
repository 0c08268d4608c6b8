import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import type { ConnectionLog } from '../logs/connection-log.ts';
import type { Logs } from '../logs/logs.ts';
import { certificateAcceptedAt, createTrust, type TrustFor } from '../net/tls.ts';
import { type Connectors, protocolOf, type SignIn, sendingProtocolOf } from './connectors.ts';
import { type ConnectionTimes, usualTimes } from './limits.ts';
import { letterFacts, logIncoming } from './log-connection.ts';
import { openOver, submitOver } from './over-protocol.ts';
import { rememberForNow } from './remember-for-now.ts';
import { scribeFor } from './scribe.ts';
import { guardSignIn } from './unquoted-errors.ts';
import { withToken } from './with-token.ts';

type Direction = 'incoming' | 'outgoing';

export interface ConnectorOptions {
  readonly logs: Logs;
  /** Authorities (PEM) that are trusted besides the system's. */
  readonly extraCertificates?: readonly string[];
  /** What a person has decided for one host alone. */
  readonly trustFor?: TrustFor;
  readonly times?: Partial<ConnectionTimes>;
  /** Of each mailbox; left out: nobody reads it. */
  readonly connectionLog?: ConnectionLog;
  /** A server of the mailbox has shown a certificate that was accepted by the system's trust; when it ends. */
  readonly sawCertificate?: (mailboxId: MailboxId, direction: Direction, endsAt: Instant) => void;
}

/** IMAP, POP3, Exchange or Graph for receiving, SMTP, Exchange or Graph for sending, as the endpoint says. */
export function createConnectors({ logs, connectionLog, sawCertificate, ...network }: ConnectorOptions): Connectors {
  const { extraCertificates, trustFor, times } = network;
  const log = logs('connectors');
  const trust = createTrust(extraCertificates, trustFor);
  const options = { trust, times: { ...usualTimes, ...times }, knownVersions: new Map(), gates: new Map() };
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
  const noteCertificate = ({ endpoint, mailboxId }: SignIn, direction: Direction): void => {
    const certificate = certificateAcceptedAt(endpoint);
    if (certificate && mailboxId) sawCertificate?.(mailboxId, direction, Date.parse(certificate.validTo));
  };
  return {
    openIncoming: async (unguarded, signal, memory = rememberForNow()) => {
      const { signIn, hide } = guardSignIn(unguarded);
      const scribe = scribeFor(connectionLog, { signIn, protocol: protocolOf(signIn), hide });
      const open = () => withToken(signIn, signal, (ready) => openOver(ready, { options, memory }, signal));
      const connector = await logged('open-incoming', signIn, () => scribe.follow('opened', {}, open));
      noteCertificate(signIn, 'incoming');
      return logIncoming(connector, scribe);
    },
    submitLetter: async (unguarded, letter, signal) => {
      const { signIn, hide } = guardSignIn(unguarded);
      const scribe = scribeFor(connectionLog, { signIn, protocol: sendingProtocolOf(signIn), hide });
      const submit = () => withToken(signIn, signal, (ready) => submitOver(ready, letter, options, signal));
      const facts = letterFacts(letter.raw);
      const receipt = await logged('submit-letter', signIn, () => scribe.follow('letter-submitted', facts, submit));
      noteCertificate(signIn, 'outgoing');
      return receipt;
    },
    checkConnection: async (incoming, outgoing, signal, wishes = {}) => {
      const first = incoming ?? outgoing;
      if (first === null) return { ok: true, steps: [], certificate: null };
      return logged('check-connection', first, async () => {
        const { guardedCheck } = await import('./guarded-check.ts');
        return guardedCheck({ incoming, outgoing }, connectionLog, { ...options, ...wishes }, signal);
      });
    },
  };
}
