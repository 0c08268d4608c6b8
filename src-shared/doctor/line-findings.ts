import type { CheckStepName } from '../domain/connection-check.ts';
import type { Finding } from '../domain/finding.ts';
import { isOverHttp } from '../domain/mailbox.ts';
import { type Clues, finding, isElsewhere, placeIn, wordsIn } from './clues.ts';

/** Names, lines and servers that have no time. */
export function lineFinding(clues: Clues): Finding | null {
  const place = placeIn(clues);
  if (isElsewhere(clues)) return elsewhereFinding(clues);
  switch (clues.problem?.code) {
    case 'network.unknown-host':
      return finding(clues.online ? 'dns-unknown' : 'offline', place);
    case 'network.unreachable':
      return unreachable(clues);
    case 'network.timeout':
      return silent(clues);
    case 'network.dropped':
      return isBeforeTalk(clues.step) ? finding('line-cut', place) : null;
    case 'server.unavailable':
      return finding('server-busy', { ...place, serverWords: wordsIn(clues) });
    case 'server.protocol':
      // Over HTTP nobody greets: what answers the sign-in with anything else is a page.
      if (isOverHttp(clues.protocol)) return clues.step.endsWith('sign-in') ? finding('web-page', place) : null;
      return isBeforeTalk(clues.step) ? finding('greeting-missing', place) : null;
    default:
      return null;
  }
}

/** A service that gives tokens. It has a way of its own through the network: ports of mail and their encryption have no part in it. */
function elsewhereFinding(clues: Clues): Finding | null {
  const place = placeIn(clues);
  switch (clues.problem?.code) {
    case 'network.unknown-host':
      return finding(clues.online ? 'dns-unknown' : 'offline', place);
    case 'network.unreachable':
      return nameOrNetwork(clues) ?? finding('sign-in-unreachable', place);
    case 'network.timeout':
    case 'network.dropped':
      return finding('sign-in-unreachable', place);
    case 'server.protocol':
      return finding('sign-in-not-understood', place);
    case 'server.unavailable':
      return finding('server-busy', { ...place, serverWords: wordsIn(clues) });
    default:
      return null;
  }
}

/** Nothing is known of the server itself. */
function nameOrNetwork(clues: Clues): Finding | null {
  const place = placeIn(clues);
  // The resolver is asked before anything else: with no answer from it nothing is known of the name.
  if (clues.reason === 'EAI_AGAIN' || clues.reason === 'EAI_FAIL') {
    return finding(clues.online ? 'dns-silent' : 'offline', place);
  }
  const noWay = clues.reason === 'ENETUNREACH' || clues.reason === 'ENETDOWN';
  return noWay && !clues.online ? finding('offline', place) : null;
}

function unreachable(clues: Clues): Finding {
  const known = nameOrNetwork(clues);
  if (known !== null) return known;
  return finding(isPort25(clues) ? 'port-25-blocked' : 'port-refused', placeIn(clues));
}

function silent(clues: Clues): Finding | null {
  const place = placeIn(clues);
  if (clues.step === 'resolve' || clues.step === 'smtp-resolve') return finding('dns-silent', place);
  if (clues.step === 'connect' || clues.step === 'smtp-connect') {
    return finding(isPort25(clues) ? 'port-25-blocked' : 'port-silent', place);
  }
  // Over HTTP the sign-in is the first question.
  const isFirst = isBeforeTalk(clues.step) || (isOverHttp(clues.protocol) && clues.step.endsWith('sign-in'));
  return isFirst ? finding('greeting-missing', place) : null;
}

/** Nobody has been greeted yet; later a line that ends or stalls is told by the error's own words. */
function isBeforeTalk(step: CheckStepName): boolean {
  return /^(smtp-)?(connect|encrypt|greet)$/.test(step);
}

function isPort25({ protocol, endpoint }: Clues): boolean {
  return protocol === 'smtp' && endpoint.port === 25;
}
