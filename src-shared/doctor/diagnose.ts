import type { Finding } from '../domain/finding.ts';
import { certificateFinding, clockFinding, signInClockFinding } from './certificate-findings.ts';
import { type Clues, finding } from './clues.ts';
import { exchangeFinding } from './exchange-findings.ts';
import { folderFinding } from './folder-findings.ts';
import { graphFinding } from './graph-findings.ts';
import { lineFinding } from './line-findings.ts';
import { microsoftFinding } from './microsoft-findings.ts';
import { portFinding } from './port-findings.ts';
import { signInFinding } from './sign-in-findings.ts';

type Rule = (clues: Clues) => Finding | null;

/** The first that knows what it is: what was seen at the port explains more than the error that it led to. */
const rulesOfFailures: readonly Rule[] = [
  certificateFinding,
  portFinding,
  signInClockFinding,
  microsoftFinding,
  exchangeFinding,
  graphFinding,
  signInFinding,
  folderFinding,
  lineFinding,
];
const rulesOfSuccess: readonly Rule[] = [clockFinding, folderFinding, brokenAddress];

/** What a step of the connection check means, by name; null where there is nothing to tell beyond the step itself. */
export function diagnose(clues: Clues): Finding | null {
  if (clues.problem?.code === 'cancelled') return null;
  for (const rule of clues.problem === null ? rulesOfSuccess : rulesOfFailures) {
    const found = rule(clues);
    if (found !== null) return found;
  }
  return null;
}

function brokenAddress({ step, endpoint, deadAddress }: Clues): Finding | null {
  if (deadAddress === null || (step !== 'resolve' && step !== 'smtp-resolve')) return null;
  return finding('ipv6-broken', { host: endpoint.host, address: deadAddress });
}
