import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { md4 } from '../../../../../src-main/connectors/ews/md4.ts';
import { responseKey } from '../../../../../src-main/connectors/ews/ntlm.ts';
import { md4Of } from '../../../../support/exchange/ntlm-acceptor.ts';

// RFC 1320, A.5.
test.each([
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  ['message digest', 'd9130a8164549fe818874806e1c7014b'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    'e33b4ddc9c38f2199c3e7b164fcc0536',
  ],
])('MD4 of “%s” is that of its standard, in the program and in the double', (text, digest) => {
  expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  expect(md4Of(Buffer.from(text)).toString('hex')).toBe(digest);
});

// MS-NLMP 4.2.1 and 4.2.4.
describe('of the published example', () => {
  const account = { user: 'User', domain: 'Domain', password: 'Password' };

  test('the keys are those of the standard', () => {
    expect(md4(Buffer.from('Password', 'utf16le')).toString('hex')).toBe('a4f49c406510bdcab6824ee7c30fd852');
    expect(responseKey(account).toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  test('so is the proof over its challenge', () => {
    const info = Buffer.from('02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000', 'hex');
    const blob = Buffer.concat([
      Buffer.from('0101000000000000', 'hex'),
      Buffer.alloc(8),
      Buffer.alloc(8, 0xaa),
      Buffer.alloc(4),
      info,
    ]);
    const challenge = Buffer.from('0123456789abcdef', 'hex');
    const proof = createHmac('md5', responseKey(account)).update(challenge).update(blob).digest('hex');
    expect(proof).toBe('68cd0ab851e51c96aabc927bebef6a1c');
  });
});
