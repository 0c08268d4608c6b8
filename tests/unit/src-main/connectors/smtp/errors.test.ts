import { expect, test } from 'vitest';
import { isRefusal, type SmtpFailure, smtpError } from '../../../../../src-main/connectors/smtp/errors.ts';
import type { Endpoint } from '../../../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../../../src-shared/errors/codes.ts';

const endpoint: Endpoint = {
  host: 'mail.example.com',
  port: 587,
  encryption: 'starttls',
  login: 'bob',
  signIn: 'password',
  pinnedCertificate: null,
};
const answered = (command: string, response: string): SmtpFailure => ({
  code: command.startsWith('AUTH') ? 'EAUTH' : 'EENVELOPE',
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
});

test.each<readonly [SmtpFailure, ErrorCode]>([
  [{ code: 'EDNS', originalCode: 'ENOTFOUND' }, 'network.unknown-host'],
  [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'network.unreachable'],
  [{ code: 'ESOCKET', originalCode: 'ECONNRESET' }, 'network.dropped'],
  [{ code: 'ECONNECTION' }, 'network.dropped'],
  [{ code: 'ETIMEDOUT', originalCode: 'SOCKET_TIMEOUT' }, 'network.timeout'],
  [{ code: 'ETLS', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls.failed'],
  [{ code: 'ETLS' }, 'tls.failed'],
  [answered('STARTTLS', '454 4.7.0 TLS not available'), 'tls.starttls-missing'],
  [{ code: 'EPROTOCOL' }, 'server.protocol'],
  [{ code: 'EMESSAGE' }, 'message.too-large'],
  [answered('AUTH PLAIN', '535 5.7.8 Bad credentials'), 'auth.rejected'],
  [answered('AUTH LOGIN', '534 5.7.9 Application-specific password required'), 'auth.rejected'],
  [answered('AUTH PLAIN', '454 4.3.0 Try later'), 'server.unavailable'],
  [answered('AUTH PLAIN', '538 5.7.11 Encryption required'), 'auth.not-encrypted'],
  [answered('MAIL FROM', '530 5.7.0 Authentication required'), 'auth.rejected'],
  [answered('MAIL FROM', '530 5.7.0 Must issue a STARTTLS command first'), 'auth.not-encrypted'],
  [answered('MAIL FROM', '552 5.3.4 Size'), 'message.too-large'],
  [answered('MAIL FROM', '421 4.4.5 Too many connections'), 'server.throttled'],
  [answered('MAIL FROM', '553 5.7.1 Sender not owned'), 'server.refused'],
  [answered('RCPT TO', '550 5.1.1 Unknown'), 'recipient.refused'],
  [answered('RCPT TO', '552 5.2.2 Mailbox full'), 'recipient.refused'],
  [answered('RCPT TO', '451 4.7.1 Greylisted'), 'server.throttled'],
  [answered('RCPT TO', '452 4.5.3 Later'), 'server.unavailable'],
  [answered('DATA', '554 5.7.1 Spam'), 'server.refused'],
  [answered('DATA', '552 Too big'), 'message.too-large'],
  [answered('CONN', '421 Service not available'), 'server.unavailable'],
  [answered('CONN', '554 No SMTP service here'), 'server.refused'],
])('%j is %s', (failure, code) => {
  const cause = Object.assign(new Error('failed'), failure);
  const params = { host: 'mail.example.com', port: 587, serverWords: failure.response ?? '–' };
  expect(smtpError(cause, endpoint)).toMatchObject({ code, params, cause });
});

test('what has no name in mail is our own mistake and passes as it came', () => {
  const mistake = new TypeError('x is undefined');
  expect(smtpError(mistake, endpoint)).toBe(mistake);
});

test.each<readonly [SmtpFailure, boolean]>([
  [answered('DATA', '554 5.7.1 Spam'), true],
  [answered('DATA', '451 4.3.0 Try later'), true],
  [{ code: 'ESOCKET', originalCode: 'EHOSTUNREACH' }, false],
  [{ code: 'ESOCKET', originalCode: 'ENETUNREACH' }, false],
  [{ code: 'ECONNECTION', response: '354 Go on', responseCode: 354 }, false],
  [{ code: 'EMESSAGE', command: 'DATA', response: 'what?' }, false],
])('after the text, %j is the server’s no: %s', (failure, refusal) => {
  const cause = Object.assign(new Error('failed'), failure);
  expect(isRefusal(smtpError(cause, endpoint))).toBe(refusal);
});
