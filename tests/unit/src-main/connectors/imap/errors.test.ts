import { ImapFlowErrorCode } from 'imapflow';
import { expect, test } from 'vitest';
import { type ImapFailure, imapError } from '../../../../../src-main/connectors/imap/errors.ts';
import type { Endpoint } from '../../../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../../../src-shared/errors/codes.ts';
import { AppError } from '../../../../../src-shared/errors/errors.ts';

const endpoint: Endpoint = {
  host: 'mail.example.com',
  port: 993,
  encryption: 'tls',
  login: 'bob@example.com',
  signIn: 'password',
  pinnedCertificate: null,
};
const place = { host: 'mail.example.com', port: 993 };
const raised = (failure: ImapFailure): Error => Object.assign(new Error(failure.message ?? 'Command failed'), failure);

test.each<readonly [ImapFailure, ErrorCode]>([
  [{ code: 'ENOTFOUND' }, 'network.unknown-host'],
  [{ code: 'EAI_AGAIN' }, 'network.unreachable'],
  [{ code: 'ECONNREFUSED' }, 'network.unreachable'],
  [{ code: 'ETIMEDOUT' }, 'network.timeout'],
  [{ code: 'ECONNRESET' }, 'network.dropped'],
  [{ code: 'ECONNRESET', tlsFailed: true }, 'network.dropped'],
  [{ code: 'CONNECT_TIMEOUT' }, 'network.timeout'],
  [{ code: 'GREETING_TIMEOUT' }, 'network.timeout'],
  [{ code: 'ETIMEOUT' }, 'network.timeout'],
  [{ code: 'NoConnection' }, 'network.dropped'],
  [{ code: 'NoConnection', reason: 'Server shutting down' }, 'server.unavailable'],
  [{ code: 'NoConnection', reason: 'Too many simultaneous connections' }, 'server.throttled'],
  [{ code: 'ClosedAfterConnectTLS' }, 'network.dropped'],
  [{ code: 'ClosedAfterConnectText', reason: 'Busy' }, 'server.unavailable'],
  [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls.failed'],
  [{ code: 'EPROTO' }, 'tls.failed'],
  [{ code: 'STARTTLS_INJECTION', tlsFailed: true }, 'tls.failed'],
  [{ tlsFailed: true, message: 'Server does not support STARTTLS' }, 'tls.starttls-missing'],
  [{ code: 'ETHROTTLE', responseStatus: 'NO' }, 'server.throttled'],
  [{ code: 'LiteralTooLarge' }, 'server.protocol'],
  [{ code: 'ParserError11' }, 'server.protocol'],
  [{ authenticationFailed: true, responseStatus: 'NO' }, 'auth.rejected'],
  [{ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' }, 'auth.rejected'],
  [{ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' }, 'server.unavailable'],
  [{ authenticationFailed: true, message: 'Login is disabled' }, 'auth.not-encrypted'],
  [{ authenticationFailed: true, message: 'No matching authentication method' }, 'server.unsupported'],
  [{ responseStatus: 'NO', responseText: 'Quota exceeded', serverResponseCode: 'OVERQUOTA' }, 'quota.exceeded'],
  [{ code: 'NoConnection', reason: 'Account exceeded command or bandwidth limits.' }, 'server.throttled'],
  [{ responseStatus: 'NO', responseText: 'Over bandwidth limit', serverResponseCode: 'OVERQUOTA' }, 'server.throttled'],
  [{ responseStatus: 'NO', responseText: 'Too many messages', serverResponseCode: 'OVERQUOTA' }, 'quota.exceeded'],
  [{ authenticationFailed: true, responseText: 'Server Unavailable. 15' }, 'server.unavailable'],
  [{ authenticationFailed: true, responseText: 'Temporary system problem' }, 'server.unavailable'],
  [{ authenticationFailed: true, responseText: 'Account is temporarily locked' }, 'auth.rejected'],
  [{ responseStatus: 'NO', serverResponseCode: 'NONEXISTENT' }, 'folder.gone'],
  [{ responseStatus: 'NO', responseText: 'No' }, 'server.refused'],
  [{ responseStatus: 'BAD', responseText: 'Unknown command' }, 'server.protocol'],
  [{ responseStatus: 'BAD', responseText: 'Request is throttled' }, 'server.throttled'],
])('%j is %s', (failure, code) => {
  const cause = raised(failure);
  expect(imapError(cause, endpoint)).toMatchObject({ code, params: place, cause });
});

test('what has no name in mail is our own mistake and passes as it came', () => {
  const mistake = new TypeError('x is undefined');
  expect(imapError(mistake, endpoint)).toBe(mistake);
});

test('every failure that the library can raise on a line has a name', () => {
  // Wrong use of the library, proxies and downloads: none of them can come from a server.
  const misuse =
    /^(Invalid\w*(Value|Set|Query|Content)|Download\w+|.*[Pp]roxy.*|EPROXY|ERR_INVALID_URL|Unsupported\w+)$/;
  const ours = [
    'InstanceReused',
    'NoMailboxSelected',
    'LockTimeout',
    'NotFound',
    'PollFailed',
    'COMPRESS_TRAILING_DATA',
  ];
  const unnamed = Object.values(ImapFlowErrorCode)
    .filter((code) => !misuse.test(code) && !ours.includes(code))
    .filter((code) => !(imapError(raised({ code }), endpoint) instanceof AppError));
  expect(unnamed).toEqual([]);
});

test('a named error keeps its name and gets its place', () => {
  expect(imapError(new AppError('network.timeout'), endpoint)).toMatchObject({
    code: 'network.timeout',
    params: place,
  });
  expect(imapError(new AppError('cancelled'), endpoint)).toMatchObject({ code: 'cancelled', params: {} });
});

test('the account is not named, whatever the server says', () => {
  const said = raised({ responseStatus: 'NO', responseText: 'bob@example.com may not; ask carol@example.com' });
  const error = imapError(said, endpoint) as AppError;
  expect(error.params.serverWords).toBe('… may not; ask …@example.com');
});
