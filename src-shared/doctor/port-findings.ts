import type { CheckStepName } from '../domain/connection-check.ts';
import type { Finding } from '../domain/finding.ts';
import { isOverHttp } from '../domain/mailbox.ts';
import { usualPort } from '../domain/usual-ports.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { type Clues, finding, type MailProtocol, type PortClues, placeIn } from './clues.ts';

const protocolNames: Readonly<Record<MailProtocol, string>> = {
  imap: 'IMAP',
  pop3: 'POP3',
  smtp: 'SMTP',
  ews: 'EWS',
  graph: 'Graph',
};

/** Steps up to the first word that both sides understand; later nobody doubts who stands there. */
const beforeTalk: readonly CheckStepName[] = ['encrypt', 'greet', 'smtp-encrypt', 'smtp-greet'];

/** Failures after which it is worth asking who stands at the port; of a certificate that has run out, what time it is there. */
export function isWorthALook(step: CheckStepName, code: ErrorCode): boolean {
  return isDoubtful(step, code) || code === 'tls.certificate-expired';
}

function isDoubtful(step: CheckStepName, code: ErrorCode): boolean {
  if (!beforeTalk.includes(step)) return false;
  return /^(tls\.failed|network\.(timeout|dropped)|server\.protocol)$/.test(code);
}

/** The handshake ended without a word, and nobody was heard at the port who would explain it. */
export function mayBeOldTls(step: CheckStepName, code: ErrorCode, port: PortClues | null): boolean {
  const handshake = step === 'encrypt' || step === 'smtp-encrypt';
  return handshake && isDoubtful(step, code) && port !== null && !port.overTls && port.speaks !== 'http';
}

/** The port, its encryption and who answers do not fit together. */
export function portFinding(clues: Clues): Finding | null {
  const { endpoint, problem, port, protocol } = clues;
  const place = placeIn(clues);
  if (problem?.code === 'tls.starttls-missing') return starttlsFinding(clues);
  if (problem?.code === 'tls.too-old') return finding('tls-too-old', place);
  if (problem === null || !isDoubtful(clues.step, problem.code)) return null;
  // Exchange and Graph are spoken to over HTTP.
  const own = isOverHttp(protocol) ? 'http' : protocol;
  if (port?.speaks === 'http' && own !== 'http') return finding('web-page', place);
  if (port !== null && port.speaks !== null && port.speaks !== 'unknown' && port.speaks !== own) {
    const params = {
      found: protocolNames[port.speaks === 'http' ? 'ews' : port.speaks],
      wanted: protocolNames[protocol],
    };
    return finding('other-protocol', { ...place, ...params, usual: usualPort(protocol, endpoint.encryption) });
  }
  if (endpoint.encryption === 'tls' && port?.overTls === false && port.speaks === own) {
    return finding('plain-on-tls-port', { ...place, usual: usualPort(protocol, 'tls') });
  }
  if (endpoint.encryption !== 'tls' && port?.overTls === true) {
    return finding('tls-on-plain-port', { ...place, usual: usualPort(protocol, 'starttls') });
  }
  if (problem.code !== 'tls.failed') return null;
  return finding('tls-refused', place);
}

/** Large providers all offer it: where theirs is missing, somebody in between has taken it out. */
function starttlsFinding(clues: Clues): Finding {
  return finding(clues.provider === null ? 'starttls-not-offered' : 'starttls-stripped', placeIn(clues));
}
