import type { Finding } from '../domain/finding.ts';
import { isOverHttp } from '../domain/mailbox.ts';
import { type Clues, finding, placeIn, wordsIn } from './clues.ts';

/** Names, lines and servers that have no time. */
export function lineFinding(clues: Clues): Finding | null {
  const place = placeIn(clues);
  switch (clues.problem?.code) {
    case 'network.unknown-host':
      return finding(clues.online ? 'dns-unknown' : 'offline', place);
    case 'network.unreachable':
      return unreachable(clues);
    case 'network.timeout':
      return silent(clues);
    case 'network.dropped':
      return finding('line-cut', place);
    case 'server.unavailable':
      return finding('server-busy', { ...place, serverWords: wordsIn(clues) });
    case 'server.protocol':
      // Over HTTP nobody greets: what answers the sign-in with anything else is a page.
      if (isOverHttp(clues.protocol)) return clues.step.endsWith('sign-in') ? finding('web-page', place) : null;
      return finding('greeting-missing', place);
    default:
      return null;
  }
}

function unreachable(clues: Clues): Finding {
  const place = placeIn(clues);
  // The resolver is asked before anything else: with no answer from it nothing is known of the name.
  if (clues.reason === 'EAI_AGAIN' || clues.reason === 'EAI_FAIL') {
    return finding(clues.online ? 'dns-silent' : 'offline', place);
  }
  if (isPort25(clues)) return finding('port-25-blocked', place);
  const noWay = clues.reason === 'ENETUNREACH' || clues.reason === 'ENETDOWN';
  return finding(noWay && !clues.online ? 'offline' : 'port-refused', place);
}

function silent(clues: Clues): Finding {
  const place = placeIn(clues);
  if (clues.step === 'resolve' || clues.step === 'smtp-resolve') return finding('dns-silent', place);
  if (clues.step !== 'connect' && clues.step !== 'smtp-connect') return finding('greeting-missing', place);
  return finding(isPort25(clues) ? 'port-25-blocked' : 'port-silent', place);
}

function isPort25({ protocol, endpoint }: Clues): boolean {
  return protocol === 'smtp' && endpoint.port === 25;
}
