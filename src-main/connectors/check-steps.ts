import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clues, FolderClues, PortClues } from '../../src-shared/doctor/clues.ts';
import { diagnose } from '../../src-shared/doctor/diagnose.ts';
import { isWorthALook, mayBeOldTls } from '../../src-shared/doctor/port-findings.ts';
import type { CheckStep, CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import { serverWords } from '../net/server-words.ts';
import { certificateOf, placeOf } from '../net/tls.ts';
import { certificateClues, certificateSeen, reasonOf, refusedCertificate } from './failure-clues.ts';

/** What a step that went well has shown besides. */
export interface StepFacts {
  readonly folders?: FolderClues;
  readonly deadAddress?: string | null;
  /** What the server takes for the time. */
  readonly serverTime?: number | null;
}

/** The steps of one direction in the order in which they happened; a step takes from the end of the one before to its own. */
export interface CheckSteps {
  readonly list: readonly CheckStep[];
  readonly names: () => readonly CheckStepName[];
  done(name: CheckStepName, seen: string, facts?: StepFacts): void;
  /** Looks closer where the failure does not say what it is; entered when that is known. */
  failed(name: CheckStepName, error: unknown): Promise<void>;
  /** A step begins that the one before has not led to directly. */
  begin(): void;
}

export interface StepsParts {
  readonly patient: Pick<Clues, 'protocol' | 'endpoint' | 'address' | 'actsAs' | 'provider' | 'oauth'>;
  readonly online: () => boolean;
  readonly now: () => number;
  readonly lookCloser: () => Promise<PortClues | null>;
  readonly speaksOldTlsAlone: () => Promise<boolean>;
  /** What to make of a failure before it is told. */
  readonly explain: (error: unknown) => unknown;
  readonly onStep: (step: CheckStep) => void;
}

const nothingSeen = { reason: null, certificate: null, port: null, folders: null, deadAddress: null, serverTime: null };

export function createCheckSteps(parts: StepsParts): CheckSteps {
  const { patient, online, now, lookCloser, explain, onStep } = parts;
  const list: CheckStep[] = [];
  let last = performance.now();
  const add = (
    name: CheckStepName,
    milliseconds: number,
    { seen, ...step }: Omit<CheckStep, 'name' | 'milliseconds'>,
  ) => {
    const whole = { name, milliseconds: Math.round(milliseconds * 10) / 10, seen, ...step };
    list.push(whole);
    last = performance.now();
    onStep(whole);
  };
  const clues = (name: CheckStepName, seen: Partial<Clues>): Clues => ({
    ...nothingSeen,
    ...patient,
    step: name,
    problem: null,
    online: online(),
    now: now(),
    ...seen,
  });
  return {
    list,
    names: () => list.map(({ name }) => name),
    done(name, seen, facts = {}) {
      add(name, performance.now() - last, { seen, problem: null, finding: diagnose(clues(name, facts)) });
    },
    async failed(name, error) {
      const milliseconds = performance.now() - last;
      const told = toWire(explain(error));
      const port = isWorthALook(name, told.code) ? await lookCloser() : null;
      // Who ends the line at the handshake does not say why; that he would speak the old versions does.
      const old = mayBeOldTls(name, told.code, port) && (await parts.speaksOldTlsAlone());
      const problem = old ? toWire(new AppError('tls.too-old', placeOf(patient.endpoint))) : told;
      const certificate = certificateClues(error);
      const seen = { problem, port, certificate, reason: reasonOf(error), serverTime: port?.time ?? null };
      const shown = refusedCertificate(error);
      const finding = diagnose(clues(name, seen));
      add(name, milliseconds, { seen: shown === null ? '' : certificateSeen(shown), problem, finding });
    },
    begin() {
      last = performance.now();
    },
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

/** Capabilities by name, as many as a line holds. */
export function wordsSeen(words: Iterable<string>): string {
  return serverWords([...words].join(' '), '–');
}
