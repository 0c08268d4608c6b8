import { randomBytes } from 'node:crypto';
import type { Exchange } from '../../../src-shared/domain/exchange.ts';
import type { Budget } from '../../net/deadline.ts';
import type { SignIn } from '../connectors.ts';
import type { HttpAnswer, HttpLine, HttpQuestion } from '../http-line.ts';
import { keepToken } from '../kept-token.ts';
import { certificateHashOf } from './certificate-hash.ts';
import { authenticateMessage, type NtlmAccount, negotiateMessage, readChallenge } from './ntlm.ts';

/** Asks with whatever proves who asks: the one place that knows secrets. A refusal is an answer like any other (401). */
export type AskSignedIn = (question: HttpQuestion, budget: Budget) => Promise<HttpAnswer>;

export function signedInOver(line: HttpLine, signIn: SignIn, exchange: Exchange): AskSignedIn {
  if (signIn.endpoint.signIn === 'none') return line.ask;
  if (signIn.endpoint.signIn === 'oauth2') {
    const withKeptToken = keepToken(signIn);
    return (question, budget) =>
      withKeptToken((token) => line.ask(withHeader(question, `Bearer ${token}`), budget), budget.signal);
  }
  return exchange.windows ? askByNtlm(line, accountOf(signIn, exchange)) : askByBasic(line, signIn, exchange);
}

/** RFC 7617, with the charset that Exchange takes. */
function askByBasic(line: HttpLine, { endpoint: { login }, password }: SignIn, { domain }: Exchange): AskSignedIn {
  const name = domain === '' ? login : `${domain}\\${login}`;
  const authorization = `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
  return (question, budget) => line.ask(withHeader(question, authorization), budget);
}

/** `CORP\bob` says its domain itself; `bob@corp.example` has none, the server knows whose it is. */
export function accountOf({ endpoint: { login }, password }: SignIn, { domain }: Exchange): NtlmAccount {
  const [, said, user] = login.match(/^([^\\]+)\\(.+)$/) ?? [];
  if (said !== undefined && user !== undefined) return { user, domain: said, password };
  return { user: login, domain, password };
}

/**
 * NTLM proves a line, not a request: two questions without a body come first, the third one carries the body, and what follows over the same line needs no proof. A line that was
 * made anew in between is told by a 401.
 */
function askByNtlm(line: HttpLine, account: NtlmAccount): AskSignedIn {
  let proven = false;
  const prove = async (question: HttpQuestion, budget: Budget): Promise<HttpAnswer> => {
    const negotiate = negotiateMessage();
    const empty = { ...question, body: '', repeatable: true };
    const said = await line.ask(withHeader(empty, `NTLM ${negotiate.toString('base64')}`), budget);
    const challenge = challengeIn(said);
    if (challenge === null) return said;
    const message = authenticateMessage(negotiate, challenge, account, {
      certificateHash: certificateHashOf(line.socket),
      target: `HTTP/${line.host}`,
      nonce: randomBytes(8),
      now: Date.now(),
    });
    // On another line it would prove nothing.
    const proof = { ...question, repeatable: false };
    const answer = await line.ask(withHeader(proof, `NTLM ${message.toString('base64')}`), budget);
    proven = answer.status !== 401;
    return answer;
  };
  return async (question, budget) => {
    if (!proven) return prove(question, budget);
    const answer = await line.ask(question, budget);
    return answer.status === 401 ? prove(question, budget) : answer;
  };
}

function challengeIn({ status, headers }: HttpAnswer) {
  const [, token] =
    status === 401 ? (String(headers['www-authenticate'] ?? '').match(/\bNTLM ([A-Za-z0-9+/=]+)/i) ?? []) : [];
  return token === undefined ? null : readChallenge(Buffer.from(token, 'base64'));
}

function withHeader(question: HttpQuestion, authorization: string): HttpQuestion {
  return { ...question, headers: { ...question.headers, Authorization: authorization } };
}
