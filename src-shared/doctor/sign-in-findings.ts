import type { Finding, FindingCode } from '../domain/finding.ts';
import { type Clues, finding, isElsewhere, placeIn, wordsIn } from './clues.ts';

/**
 * Providers' own words, most telling first. Gmail: 534 5.7.9 and "Application-specific password required"; Yandex: "This user does not have access rights to this service",
 * "application password"; Mail.ru: "NEOBHODIM parol prilozheniya", "Application password is REQUIRED"; Apple and Yahoo: "app-specific password", "app password".
 */
const words: readonly (readonly [RegExp, FindingCode])[] = [
  [
    /app(lication)?[- ]?(specific)?[- ]password|password for external app|neobhodim parol|parol prilozheniya|InvalidSecondFactor|authori[sz]ation code|\b5\.7\.9\b/i,
    'app-password-needed',
  ],
  [/not enabled for IMAP|IMAP(4)?( access| service)? (is |has been )?(disabled|turned off|not enabled)/i, 'imap-off'],
  [/not enabled for POP|POP3?( access| service)? (is |has been )?(disabled|turned off|not enabled)/i, 'pop3-off'],
  [/web ?browser|web login|webmail first/i, 'browser-sign-in'],
  [
    /\b(locked|suspended|blocked|banned|deactivated)\b|too many (failed|bad|invalid|unsuccessful|wrong)|too many login failures/i,
    'account-locked',
  ],
  [/over ?quota|quota exceeded|mailbox (is )?full/i, 'over-quota'],
];

/** A mailbox of Yandex whose access is off says only this, over each protocol. */
const noRights = /does not have access rights to this service/i;

export function signInFinding(clues: Clues): Finding | null {
  const { problem, endpoint } = clues;
  const place = placeIn(clues);
  if (isElsewhere(clues)) return lockedElsewhere(clues);
  switch (problem?.code) {
    case 'auth.rejected':
    case 'server.refused':
    case 'server.unavailable':
      return rejected(clues);
    case 'server.throttled':
      return accountLocked(wordsIn(clues))
        ? finding('account-locked', { ...place, serverWords: wordsIn(clues) })
        : finding('too-many-connections', { ...place, serverWords: wordsIn(clues) });
    case 'quota.exceeded':
      return finding('over-quota', { ...place, serverWords: wordsIn(clues) });
    case 'auth.not-encrypted':
      return finding('not-encrypted', place);
    case 'server.unsupported':
      if (clues.step === 'smtp-sign-in') return finding('sign-in-not-offered', { ...place, login: endpoint.login });
      return clues.step === 'sign-in' ? finding('no-mechanism', place) : null;
    default:
      return null;
  }
}

/** Of the rest nothing is a matter of protocols and passwords; a lock of the account is one everywhere. */
function lockedElsewhere(clues: Clues): Finding | null {
  const said = wordsIn(clues);
  const [locks] = words.filter(([, code]) => code === 'account-locked').map(([pattern]) => pattern);
  if (clues.problem?.code !== 'server.refused' || !locks?.test(said)) return null;
  return finding('account-locked', { ...placeIn(clues), serverWords: said });
}

function accountLocked(said: string): boolean {
  return /\block|failed|invalid|unsuccessful/i.test(said);
}

function rejected(clues: Clues): Finding | null {
  const said = wordsIn(clues);
  const params = { ...placeIn(clues), provider: providerName(clues), serverWords: said || '–' };
  if (noRights.test(said)) return finding(clues.protocol === 'pop3' ? 'pop3-off' : 'imap-off', params);
  const known = words.find(([pattern]) => pattern.test(said))?.[1];
  if (known === 'app-password-needed') {
    return finding(known, { ...params, page: clues.provider?.appPasswordUrl ?? providerName(clues) });
  }
  if (known !== undefined) return finding(known, params);
  if (clues.problem?.code !== 'auth.rejected') return null;
  // No password was sent: to enter one again would mend nothing.
  if (clues.endpoint.signIn === 'oauth2') return finding('token-refused', { ...params, login: clues.endpoint.login });
  if (clues.provider?.login === 'local-part' && clues.endpoint.login.includes('@'))
    return finding('login-part', params);
  return finding('wrong-password', params);
}

function providerName({ provider, endpoint }: Clues): string {
  return provider?.name ?? endpoint.host;
}
