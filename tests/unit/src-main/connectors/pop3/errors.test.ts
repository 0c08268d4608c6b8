import { expect, test } from 'vitest';
import { Pop3Refusal, pop3Error, type RefusedStep } from '../../../../../src-main/connectors/pop3/errors.ts';
import type { Endpoint } from '../../../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../../../src-shared/errors/codes.ts';
import { AppError } from '../../../../../src-shared/errors/errors.ts';

const endpoint: Endpoint = {
  host: 'pop.example.com',
  port: 995,
  encryption: 'tls',
  login: 'bob@example.com',
  signIn: 'password',
  pinnedCertificate: null,
};

test.each<readonly [RefusedStep, string, ErrorCode]>([
  ['sign-in', '-ERR [AUTH] Authentication failed', 'auth.rejected'],
  ['sign-in', '-ERR [auth] no', 'auth.rejected'],
  ['sign-in', '-ERR', 'auth.rejected'],
  ['sign-in', '-ERR [SYS/TEMP] Try later', 'server.unavailable'],
  ['sign-in', '-ERR [SYS/TEMP/LOCK] Try later', 'server.unavailable'],
  ['sign-in', '-ERR [SYS/PERM] Account is closed', 'server.refused'],
  ['sign-in', '-ERR [IN-USE] Do you have another POP session running?', 'server.throttled'],
  ['sign-in', '-ERR maildrop already locked', 'server.throttled'],
  ['sign-in', '-ERR account blocked', 'auth.rejected'],
  ['sign-in', '-ERR [LOGIN-DELAY] minimum time between mail checks violation', 'server.throttled'],
  ['sign-in', '-ERR Too many failed logins', 'server.throttled'],
  ['sign-in', '-ERR Server Unavailable. 15', 'server.unavailable'],
  ['sign-in', '-ERR Temporary system problem. Please try again later.', 'server.unavailable'],
  ['sign-in', '-ERR Account exceeded command or bandwidth limits.', 'server.throttled'],
  ['sign-in', '-ERR account temporarily disabled', 'auth.rejected'],
  ['command', '-ERR Account exceeded command or bandwidth limits.', 'server.throttled'],
  ['greeting', '-ERR closed for the night', 'server.unavailable'],
  ['greeting', '-ERR too many connections from your address', 'server.throttled'],
  ['stls', '-ERR unknown command', 'tls.starttls-missing'],
  ['command', '-ERR no such message', 'server.refused'],
  ['command', '-ERR message is locked', 'server.refused'],
  ['command', '-ERR [SYS/TEMP] store is away', 'server.unavailable'],
  ['command', '-ERR [X-NEW] what', 'server.refused'],
  ['quit', '-ERR some deleted messages not removed', 'server.unavailable'],
])('at %s, %s is %s', (step, status, code) => {
  const cause = new Pop3Refusal(status, step);
  expect(pop3Error(cause, endpoint)).toMatchObject({ code, params: { host: 'pop.example.com', port: 995 }, cause });
});

test('a wait is what the words say, else what the server offered', () => {
  const wait = (status: string, offered: number | null) =>
    (pop3Error(new Pop3Refusal(status, 'sign-in'), endpoint, offered) as AppError).params.retryAfter;
  expect(wait('-ERR [LOGIN-DELAY] wait 5 minutes', 900)).toBe(300);
  expect(wait('-ERR [LOGIN-DELAY] not so often', 900)).toBe(900);
  expect(wait('-ERR [LOGIN-DELAY] not so often', null)).toBeUndefined();
  expect(wait('-ERR [IN-USE] locked', 900)).toBeUndefined();
});

test('its words are given without the name of the account', () => {
  const error = pop3Error(new Pop3Refusal('-ERR [AUTH] bob@example.com: no', 'sign-in'), endpoint) as AppError;
  expect(error.params.serverWords).toBe('…: no');
  expect((pop3Error(new Pop3Refusal('-ERR [AUTH]', 'sign-in'), endpoint) as AppError).params.serverWords).toBe(
    '[AUTH]',
  );
});

test('a failure of the line has its own name, and what has none passes as it came', () => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  expect(pop3Error(reset, endpoint)).toMatchObject({ code: 'network.dropped', params: { host: 'pop.example.com' } });
  expect(pop3Error(new AppError('network.timeout'), endpoint)).toMatchObject({ params: { port: 995 } });
  const mistake = new TypeError('x is undefined');
  expect(pop3Error(mistake, endpoint)).toBe(mistake);
});
