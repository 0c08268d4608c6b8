import { AppError } from '../../src-shared/errors/errors.ts';
import type { SignIn } from './connectors.ts';

export interface GuardedSignIn {
  readonly signIn: SignIn;
  /** The same error; where the server repeated what it was told, dots stand instead. */
  readonly hide: (error: unknown) => unknown;
}

/** Anything shorter would tear holes into words that mean something else. */
const shortestSecret = 4;

/** A server that refuses a sign-in may quote it, as it stands or as it came over the line; its words are kept, shown and sent on. */
export function guardSignIn(signIn: SignIn): GuardedSignIn {
  const { askToken, password, endpoint } = signIn;
  const forms = new Set(formsOf(password, endpoint.login));
  const remembering: SignIn['askToken'] =
    askToken &&
    (async (refused, signal) => {
      const token = await askToken(refused, signal);
      for (const form of formsOf(token, endpoint.login)) forms.add(form);
      return token;
    });
  return {
    signIn: remembering ? { ...signIn, askToken: remembering } : signIn,
    hide: (error) => (error instanceof AppError ? withoutForms(error, forms) : error),
  };
}

/** As it stands, in base64, and as SASL and HTTP put it with a login (RFC 4616, RFC 7617, XOAUTH2). */
function formsOf(secret: string, login: string): readonly string[] {
  if (secret.length < shortestSecret) return [];
  const said = [
    secret,
    `\0${login}\0${secret}`,
    `${login}:${secret}`,
    `user=${login}\x01auth=Bearer ${secret}\x01\x01`,
  ];
  return [secret, ...said.map((text) => Buffer.from(text).toString('base64'))];
}

function withoutForms(error: AppError, forms: ReadonlySet<string>): AppError {
  const clean = (value: string | number) =>
    typeof value === 'string' ? [...forms].reduce((text, form) => text.replaceAll(form, '…'), value) : value;
  const entries = Object.entries(error.params).map(([name, value]) => [name, clean(value)] as const);
  if (entries.every(([name, value]) => error.params[name] === value)) return error;
  return new AppError(error.code, Object.fromEntries(entries), { cause: error.cause });
}
