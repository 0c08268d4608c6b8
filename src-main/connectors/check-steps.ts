import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { CheckStep, CheckStepName, ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import { serverWords } from '../net/server-words.ts';
import { certificateOf, fingerprintOf, RefusedCertificate } from '../net/tls.ts';

/** The steps of one direction in the order in which they happened; a step takes from the end of the one before to its own. */
export interface CheckSteps {
  readonly list: readonly CheckStep[];
  readonly names: () => readonly CheckStepName[];
  done(name: CheckStepName, seen: string): void;
  failed(name: CheckStepName, error: unknown): void;
}

export function createCheckSteps(): CheckSteps {
  const list: CheckStep[] = [];
  let last = performance.now();
  const add = (step: Omit<CheckStep, 'milliseconds'>): void => {
    const now = performance.now();
    list.push({ ...step, milliseconds: Math.round((now - last) * 10) / 10 });
    last = now;
  };
  return {
    list,
    names: () => list.map(({ name }) => name),
    done: (name, seen) => add({ name, seen, problem: null }),
    failed: (name, error) => add({ name, seen: seenOf(error), problem: toWire(error) }),
  };
}

export function lineSeen({ remoteAddress, remotePort }: Socket): string {
  return remoteAddress?.includes(':') ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}

export function encryptionSeen(socket: TLSSocket): string {
  const certificate = certificateOf(socket);
  const version = socket.getProtocol() ?? 'TLS';
  return certificate === undefined ? version : `${version}, ${certificateSeen(certificate)}`;
}

/** The certificate that was refused, if that is what an error is about. */
export function foreignCertificate(endpoint: 'incoming' | 'outgoing', error: unknown): ForeignCertificate | null {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof RefusedCertificate)) return null;
  const { certificate } = cause;
  return {
    endpoint,
    sha256: fingerprintOf(certificate),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}

function seenOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof RefusedCertificate ? certificateSeen(cause.certificate) : '';
}

function certificateSeen(certificate: X509Certificate): string {
  const end = new Date(certificate.validTo).toISOString().slice(0, 10);
  return `${oneLine(certificate.subject)}, ≤ ${end}`;
}

/** A name as OpenSSL writes it, one part a line; it may be empty, and it is the server's text. */
function oneLine(name: string | undefined): string {
  return serverWords(name?.replaceAll('\n', ', '), '–');
}
