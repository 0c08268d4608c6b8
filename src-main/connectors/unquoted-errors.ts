import { AppError } from '../../src-shared/errors/errors.ts';
import { serverWords } from '../net/server-words.ts';
import type { SignIn } from './connectors.ts';

export interface GuardedSignIn {
  readonly signIn: SignIn;
  /** The same error; where the server repeated what it was told, dots stand instead. */
  readonly hide: (error: unknown) => unknown;
  /** The same of any text that a server had its hand in. */
  readonly hideIn: (text: string) => string;
}

/** Anything shorter would tear holes into words that mean something else. */
const shortestSecret = 4;

/** A server that refuses a sign-in may quote it, as it stands or as it came over the line; its words are kept, shown and sent on. */
export function guardSignIn(signIn: SignIn): GuardedSignIn {
  const { askToken, password, endpoint } = signIn;
  const forms = new Set(formsOf(password, endpoint.login));
  const hideIn = (text: string): string => withoutForms(text, forms);
  const remembering: SignIn['askToken'] =
    askToken &&
    (async (refused, signal) => {
      const token = await askToken(refused, signal);
      for (const form of formsOf(token, endpoint.login)) forms.add(form);
      return token;
    });
  return {
    signIn: remembering ? { ...signIn, askToken: Object.assign(remembering, { isHeld: askToken?.isHeld }) } : signIn,
    hide: (error) => (error instanceof AppError ? withoutQuotes(error, hideIn) : error),
    hideIn,
  };
}

/**
 * As it stands, in base64, and as SASL and HTTP put it with a login (RFC 4616, RFC 7617, XOAUTH2); each also as `serverWords` leaves it, which takes names out of the
 * middle of it. The longest first: it may hold the others.
 */
function formsOf(secret: string, login: string): readonly string[] {
  if (secret.length < shortestSecret) return [];
  const said = [
    secret,
    `\0${login}\0${secret}`,
    `${login}:${secret}`,
    `user=${login}\x01auth=Bearer ${secret}\x01\x01`,
  ];
  const forms = [secret, ...said.map((text) => Buffer.from(text).toString('base64'))];
  const read = forms.map((form) => serverWords(form, '', login)).filter((form) => form.length >= shortestSecret);
  return [...new Set([...forms, ...read])].sort((one, other) => other.length - one.length);
}

function withoutForms(text: string, forms: ReadonlySet<string>): string {
  const whole = [...forms].reduce((left, form) => left.replaceAll(form, '…'), text);
  if (!whole.endsWith('…')) return whole;
  // Words are cut where they grow long, and a token is longer than that: its beginning is left at the end.
  const begun = [...forms].map((form) => beginningAtEnd(whole.slice(0, -1), form));
  return `${whole.slice(0, whole.length - 1 - Math.max(0, ...begun))}…`;
}

/** How many of the last characters are the first of this form; none where that may be chance. */
function beginningAtEnd(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length >= shortestSecret; length -= 1)
    if (text.endsWith(form.slice(0, length))) return length;
  return 0;
}

function withoutQuotes(error: AppError, hideIn: (text: string) => string): AppError {
  const entries = Object.entries(error.params).map(
    ([name, value]) => [name, typeof value === 'string' ? hideIn(value) : value] as const,
  );
  if (entries.every(([name, value]) => error.params[name] === value)) return error;
  return new AppError(error.code, Object.fromEntries(entries), { cause: error.cause });
}
