import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { serverWords } from '../net/server-words.ts';

/** A no of an authority, whichever library brought it. */
export interface Refusal {
  /** `error` of RFC 6749, 4.1.2.1 and 5.2, or of OpenID Connect. */
  readonly error: string;
  readonly description: string;
  readonly status: number | null;
}

const errors: Readonly<Record<string, ErrorCode>> = {
  invalid_grant: 'auth.expired',
  access_denied: 'auth.denied',
  consent_required: 'auth.consent-required',
  interaction_required: 'auth.consent-required',
  login_required: 'auth.consent-required',
  account_selection_required: 'auth.consent-required',
  invalid_client: 'auth.client-refused',
  unauthorized_client: 'auth.client-refused',
  invalid_scope: 'auth.client-refused',
  invalid_request: 'auth.client-refused',
  invalid_resource: 'auth.client-refused',
  unsupported_response_type: 'auth.client-refused',
  temporarily_unavailable: 'server.unavailable',
  server_error: 'server.unavailable',
  slow_down: 'server.throttled',
  // What Microsoft's library calls a grant without a refresh token.
  no_tokens_found: 'auth.sign-in-missing',
};

/** Microsoft says more in its description than in its error. */
const aadsts: Readonly<Record<string, ErrorCode>> = {
  '65001': 'auth.consent-required',
  '65004': 'auth.denied',
  '50076': 'auth.consent-required',
  '50078': 'auth.consent-required',
  '50079': 'auth.consent-required',
  '50158': 'auth.consent-required',
  '53003': 'auth.consent-required',
  '54005': 'auth.expired',
  '70008': 'auth.expired',
  '70043': 'auth.expired',
  '700082': 'auth.expired',
  '50173': 'auth.expired',
  '700016': 'auth.client-refused',
  '700024': 'auth.clock-off',
  '7000215': 'auth.client-refused',
  '7000222': 'auth.client-refused',
  '7000218': 'auth.client-refused',
  '90002': 'auth.client-refused',
};

export function refusalError({ error, description, status }: Refusal, host: string): AppError {
  const words = serverWords([error, description].filter(Boolean).join(': '), String(status ?? '–'));
  return new AppError(codeOf({ error, description, status }), { host, serverWords: words });
}

function codeOf({ error, description, status }: Refusal): ErrorCode {
  const [, number = ''] = description.match(/\bAADSTS(\d+)/) ?? [];
  if (Object.hasOwn(aadsts, number)) return aadsts[number] as ErrorCode;
  if (Object.hasOwn(errors, error)) return errors[error] as ErrorCode;
  // At a token endpoint there is nobody else to refuse (RFC 6749, 5.2).
  if (status === 401) return 'auth.client-refused';
  if (status === 429) return 'server.throttled';
  if (status !== null && status >= 500) return 'server.unavailable';
  return 'server.refused';
}
