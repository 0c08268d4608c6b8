import { expect, test } from 'vitest';
import { coversHost, hostPatternSchema } from '../../../../src-shared/domain/host-pattern.ts';

test.each([
  ['mail.corp.example', 'mail.corp.example', true],
  ['Mail.Corp.Example.', 'mail.corp.example', true],
  ['mail.corp.example', 'MAIL.corp.example.', true],
  ['mail.corp.example', 'mail2.corp.example', false],
  ['mail.corp.example', 'x.mail.corp.example', false],
  ['*.corp.example', 'mail.corp.example', true],
  ['*.corp.example', 'a.b.corp.example', true],
  ['*.corp.example', 'corp.example', false],
  ['*.corp.example', 'evil-corp.example', false],
  ['*.corp.example', 'mail.corp.example.evil.test', false],
  ['*.почта.рф', 'imap.xn--80a1acny.xn--p1ai', true],
  ['mail', 'mail', true],
  ['192.0.2.7', '192.0.2.7', true],
  ['[2001:db8::7]', '2001:db8::7', true],
])('an authority for %s and the server %s: %s', (typed, host, covered) => {
  expect(coversHost(hostPatternSchema.parse(typed), host)).toBe(covered);
});

test.each([
  '',
  '*',
  '*.com',
  '*.0.2.7',
  'a.*.example',
  '*mail.example',
  'two words',
  'https://mail.example',
  'mail.example:993',
])('trust for "%s" would reach too far, or nowhere', (typed) => {
  expect(hostPatternSchema.safeParse(typed).success).toBe(false);
});
