import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { SignIn } from '../connectors.ts';
import { type Capabilities, mayOffer, offersMechanism } from './capabilities.ts';
import { givesReason, Pop3Refusal, unsupported } from './errors.ts';

/** Gives the status line, also of a no. */
export type Say = (command: string) => Promise<string>;

export interface SignInFacts {
  readonly capabilities: Capabilities;
  readonly encrypted: boolean;
}

/**
 * AUTH PLAIN where offered, as it says in which charset a password is (RFC 4616), else USER and PASS. A server that offers AUTH PLAIN and then does not know the
 * command is asked the old way.
 */
export async function signInWith(say: Say, signIn: SignIn, { capabilities, encrypted }: SignInFacts): Promise<void> {
  if (signIn.accessToken !== undefined) return byToken(say, signIn.endpoint, signIn.accessToken, capabilities);
  const plain = offersMechanism(capabilities, 'PLAIN');
  const byUser = mayOffer(capabilities, 'USER');
  if (!plain && !byUser) {
    // Both are kept back where the line is open to all.
    if (!encrypted) throw new AppError('auth.not-encrypted', { ...placeOf(signIn.endpoint), serverWords: 'CAPA' });
    throw unsupported(signIn.endpoint, 'USER, SASL PLAIN');
  }
  const refusal = plain ? await authPlain(say, signIn) : null;
  if (plain && refusal === null) return;
  if (byUser) return userPass(say, signIn);
  throw refusal === null || isOk(refusal)
    ? unsupported(signIn.endpoint, 'AUTH PLAIN')
    : new Pop3Refusal(refusal, 'sign-in');
}

/** What the server says where it does not take the command; nothing secret has been said then. */
async function authPlain(say: Say, { endpoint, password }: SignIn): Promise<string | null> {
  const answer = await say('AUTH PLAIN');
  if (!asksOn(answer)) return answer;
  refuseUnless(await say(Buffer.from(`\0${endpoint.login}\0${password}`).toString('base64')));
  return null;
}

/** XOAUTH2 as all providers have it, OAUTHBEARER (RFC 7628) where it is the only one. A server that tells nothing may know the first. */
async function byToken(say: Say, endpoint: Endpoint, accessToken: string, capabilities: Capabilities): Promise<void> {
  const bearer = !offersMechanism(capabilities, 'XOAUTH2') && offersMechanism(capabilities, 'OAUTHBEARER');
  const mechanism = bearer ? 'OAUTHBEARER' : 'XOAUTH2';
  const offered = offersMechanism(capabilities, mechanism);
  if (!offered && capabilities?.has('SASL')) throw unsupported(endpoint, 'SASL XOAUTH2');
  const opening = await say(`AUTH ${mechanism}`);
  if (!asksOn(opening)) {
    // Busy, locked or asked too often, as at any sign-in; only to what was never offered a bare no means that it is not known.
    if (!isOk(opening) && (offered || givesReason(opening))) throw new Pop3Refusal(opening, 'sign-in');
    throw unsupported(endpoint, `AUTH ${mechanism}`);
  }
  const { login, host, port } = endpoint;
  // GS2 (RFC 5801, 4): the comma and the equals sign part its fields.
  const name = login.replaceAll('=', '=3D').replaceAll(',', '=2C');
  const fields = bearer ? [`n,a=${name},`, `host=${host}`, `port=${port}`] : [`user=${login}`];
  const said = [...fields, `auth=Bearer ${accessToken}`, '', ''].join('\x01');
  const answer = await say(Buffer.from(said).toString('base64'));
  // The reasons come first, as JSON; the refusal itself when they have been taken.
  refuseUnless(asksOn(answer) ? await say(bearer ? 'AQ==' : '') : answer);
}

async function userPass(say: Say, { endpoint, password }: SignIn): Promise<void> {
  // No server can have such a name or password, since no client could say it.
  if (/[\r\n\0]/.test(`${endpoint.login}${password}`)) throw new Pop3Refusal('-ERR [AUTH]', 'sign-in');
  refuseUnless(await say(`USER ${endpoint.login}`));
  // Blanks in a password are part of it (RFC 1939, 7).
  refuseUnless(await say(`PASS ${password}`));
}

function refuseUnless(answer: string): void {
  if (!isOk(answer)) throw new Pop3Refusal(answer, 'sign-in');
}

/** The challenge: the server knows the mechanism and waits for what comes with it. */
const asksOn = (answer: string): boolean => answer.startsWith('+') && !isOk(answer);
const isOk = (answer: string): boolean => /^\+OK/i.test(answer);
