import type { Finding } from '../domain/finding.ts';
import { type CertificateClues, type Clues, dayOf, finding, placeIn } from './clues.ts';

/** Programs and appliances that read encrypted lines and sign them again; each writes its name into the issuer. */
const inspectors =
  /kaspersky|eset ssl|avast|avg technologies|bitdefender|dr\.?\s?web|fortinet|fortigate|zscaler|sophos|palo alto|blue ?coat|netskope|mcafee|check ?point|umbrella|watchguard|barracuda|untangle|smoothwall|mitmproxy|fiddler|charles proxy|usergate|solar webproxy|ideco/i;

const hour = 60 * 60_000;
const day = 24 * hour;

/** A certificate that was refused: whose fault it is, and whether it is the certificate's at all. */
export function certificateFinding(clues: Clues): Finding | null {
  const { certificate, problem } = clues;
  if (certificate === null || problem === null) return null;
  const { host } = placeIn(clues);
  const issuer = certificate.issuer;
  switch (problem.code) {
    case 'tls.certificate-expired':
      return datesFinding(clues, certificate);
    case 'tls.certificate-other-name':
      return isInspected(certificate)
        ? finding('tls-inspected', { host, issuer })
        : finding('certificate-other-name', { host, names: certificate.names.slice(0, 3).join(', ') || '–' });
    case 'tls.certificate-changed':
      return finding('certificate-changed', { host, issuer });
    case 'tls.certificate-untrusted':
      return untrustedFinding(clues, certificate);
    default:
      return null;
  }
}

function untrustedFinding(clues: Clues, certificate: CertificateClues): Finding {
  const { host } = placeIn(clues);
  const { issuer } = certificate;
  if (isInspected(certificate)) return finding('tls-inspected', { host, issuer });
  if (certificate.selfSigned) return finding('certificate-self-signed', { host });
  // OpenSSL has no better word for a missing link; a private authority seldom says where its certificate is.
  const linkMissing = clues.reason !== null && /UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/.test(clues.reason);
  if (linkMissing && certificate.issuerFetchable) return finding('chain-incomplete', { host, issuer });
  return finding('certificate-own-authority', { host, issuer });
}

function isInspected({ issuer }: CertificateClues): boolean {
  return inspectors.test(issuer);
}

function datesFinding({ endpoint: { host }, now, serverTime }: Clues, { validFrom, validTo }: CertificateClues) {
  // Nobody sets up a server with a certificate of tomorrow; clocks that are behind are common.
  if (now < validFrom) return finding('clock-behind', { host, today: dayOf(now), day: dayOf(validFrom) });
  const validForServer = serverTime !== null && serverTime > validFrom && serverTime < validTo;
  if (validForServer && now - serverTime > day) {
    return finding('clock-ahead', { host, today: dayOf(now), day: dayOf(serverTime) });
  }
  return finding('certificate-expired', { host, day: dayOf(validTo) });
}

/** The authority's clock is the one that counts; where it did not tell its time, the error and its words say what they can. */
export function signInClockFinding({ problem }: Clues): Finding | null {
  const { host = '–', minutesAhead } = problem?.params ?? {};
  if (problem?.code !== 'auth.clock-off' || typeof minutesAhead !== 'number' || minutesAhead === 0) return null;
  const code = minutesAhead > 0 ? 'sign-in-clock-ahead' : 'sign-in-clock-behind';
  return finding(code, { host, minutes: Math.abs(minutesAhead) });
}

/** A step that went well may show that the clocks disagree: by more than any time zone mistake of a greeting. */
export function clockFinding({ endpoint: { host }, now, serverTime }: Clues): Finding | null {
  if (serverTime === null) return null;
  const params = { host, today: dayOf(now), day: dayOf(serverTime) };
  if (serverTime - now > day) return finding('clock-behind', params);
  return null;
}
