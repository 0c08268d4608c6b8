import { expect, test } from 'vitest';
import type { Encryption, Endpoint } from '../../../../src-shared/domain/mailbox.ts';
import { isHostAlone, serverPlace, takenApart } from '../../../../src-shared/domain/server-place.ts';

test.each([
  ['smtp.example.com', 'smtp.example.com', null, null],
  ['  smtp.example.com ', 'smtp.example.com', null, null],
  ['smtp.example.com:465', 'smtp.example.com', 465, null],
  ['smtps://smtp.example.com', 'smtp.example.com', null, 'tls'],
  ['SSL://smtp.example.com:2465/', 'smtp.example.com', 2465, 'tls'],
  ['imap://imap.example.com', 'imap.example.com', null, null],
  ['https://mail.example.com/', 'mail.example.com', null, null],
  ['почта.пример.рф:993', 'почта.пример.рф', 993, null],
  ['10.0.0.5:25', '10.0.0.5', 25, null],
  ['::1', '::1', null, null],
  ['[2001:db8::5]:993', '2001:db8::5', 993, null],
])('%j is the host %s', (typed, host, port, encryption) => {
  expect(serverPlace(typed)).toEqual({ host, port, encryption });
});

test.each([
  '',
  'two words',
  'smtp.example.com:0',
  'smtp.example.com:99999',
  'smtp.example.com:smtp',
  'ftp://smtp.example.com',
  'constructor://smtp.example.com',
  'https://mail.example.com/owa/',
  'smtps://bob:secret@smtp.example.com',
  'bob@example.com',
  'smtps://',
])('%j is no name of a server', (typed) => {
  expect(serverPlace(typed)).toBeNull();
});

test('a name alone is told from one with a prefix or a port', () => {
  expect(['smtp.example.com', '::1', '10.0.0.5', 'localhost'].every(isHostAlone)).toBe(true);
  expect(['smtp.example.com:465', 'ssl://smtp.example.com', 'a b', ''].some(isHostAlone)).toBe(false);
});

const at = (host: string, port: number, encryption: Encryption): Endpoint => ({
  host,
  port,
  encryption,
  login: 'bob',
  signIn: 'password',
  pinnedCertificate: null,
});

test.each<readonly [string, Endpoint, Endpoint]>([
  ['a port', at('h:2525', 465, 'tls'), at('h', 2525, 'tls')],
  ['the port of SSL/TLS brings it', at('h:465', 587, 'starttls'), at('h', 465, 'tls')],
  ['the port of STARTTLS brings that', at('h:587', 465, 'tls'), at('h', 587, 'starttls')],
  ['but does not undo what was chosen', at('h:587', 25, 'none'), at('h', 587, 'none')],
  ['a prefix brings encryption and its port', at('smtps://h', 25, 'none'), at('h', 465, 'tls')],
  ['and leaves an unusual port', at('smtps://h', 2525, 'none'), at('h', 2525, 'tls')],
  ['a prefix without encryption leaves it', at('smtp://h', 465, 'tls'), at('h', 465, 'tls')],
  ['a name alone changes nothing', at('h', 1, 'none'), at('h', 1, 'none')],
  ['what is no name stays as it was typed', at('h/owa', 465, 'tls'), at('h/owa', 465, 'tls')],
])('taken apart: %s', (_, typed, apart) => {
  expect(takenApart(typed, 'smtp')).toEqual(apart);
});
