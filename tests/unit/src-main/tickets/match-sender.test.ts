import { describe, expect, test } from 'vitest';
import { createSenderMatcher, toAddressLike } from '../../../../src-main/tickets/match-sender.ts';
import type { MailboxId, SenderEntryId, TemplateId } from '../../../../src-shared/domain/ids.ts';
import { parseSenderPattern, senderPatternKey } from '../../../../src-shared/domain/sender-pattern.ts';
import type { SenderEntry } from '../../../../src-shared/domain/ticket.ts';

const here = '11111111-1111-4111-8111-111111111111' as MailboxId;
const elsewhere = '22222222-2222-4222-8222-222222222222' as MailboxId;

function entries(...list: readonly (string | readonly [string, MailboxId])[]): SenderEntry[] {
  return list.map((one, at) => {
    const [pattern, mailboxId] = typeof one === 'string' ? [one, null] : one;
    const settings = { pattern, mailboxId, templateId: 1 as TemplateId, receiving: true };
    return { id: (at + 1) as SenderEntryId, settings, templateName: '', demo: false };
  });
}

const found = (address: string, list: SenderEntry[]) => createSenderMatcher(list)(address, here)?.settings.pattern;

describe('which entry speaks for a sender', () => {
  test('the exact one before the domain before everybody, in whatever order they were added', () => {
    const list = entries('*@*', '*@firma.example', 'anna@firma.example');
    expect(found('anna@firma.example', list)).toBe('anna@firma.example');
    expect(found('boris@firma.example', list.toReversed())).toBe('*@firma.example');
    expect(found('eve@elsewhere.example', list)).toBe('*@*');
  });

  test('among equals the one of this mailbox; one of another mailbox is not heard', () => {
    const list = entries('*@firma.example', ['*@FIRMA.example', here], ['anna@firma.example', elsewhere]);
    expect(found('anna@firma.example', list)).toBe('*@FIRMA.example');
    expect(found('anna@firma.example', entries(['*@*', here], '*@firma.example'))).toBe('*@firma.example');
  });

  test('case does not matter, and a domain is one in both of its spellings', () => {
    expect(found('Anna@Firma.EXAMPLE', entries('anna@firma.example'))).toBe('anna@firma.example');
    expect(found('Анна@xn--e1afmkfd.xn--p1ai', entries('*@пример.рф'))).toBe('*@пример.рф');
    expect(found('анна@ПРИМЕР.рф', entries('*@xn--e1afmkfd.xn--p1ai'))).toBe('*@xn--e1afmkfd.xn--p1ai');
  });

  test('a domain is not its subdomain, nor one that ends alike', () => {
    for (const address of [
      'a@sub.firma.example',
      'a@notfirma.example',
      'firma.example',
      'a@firma.example.evil.example',
    ])
      expect(found(address, entries('*@firma.example'))).toBeUndefined();
  });
});

test.each([
  ['user@x.example', 'user@x.example'],
  [' User@X.Example ', 'user@x.example'],
  ['*@yandex.ru', '*@yandex.ru'],
  ['*@*', '*@*'],
  ["o'neil+tag@x.example", "o'neil+tag@x.example"],
  ['*@пример.рф', '*@xn--e1afmkfd.xn--p1ai'],
])('%s is a pattern', (typed, key) => {
  expect(senderPatternKey(parseSenderPattern(typed))).toBe(key);
});

test.each([
  '',
  '*',
  'user',
  '@x.example',
  'user@',
  'user@*',
  'u*r@x.example',
  '*@*.example',
  'a@b@c',
  'a b@x.example',
  'a@x..example',
  '"*@*"',
  'a@x.example,b@x.example',
  'a@http://x',
  'a@x.example/path',
  `${'a'.repeat(65)}@x.example`,
])('%j is no pattern', (typed) => {
  expect(() => parseSenderPattern(typed)).toThrow('sender.pattern-invalid');
});

test('signs that mean something to LIKE are taken as they are', () => {
  expect(toAddressLike(parseSenderPattern('a_b%c@x.example'))).toBe('a\\_b\\%c@x.example');
  expect(toAddressLike(parseSenderPattern('*@x.example'))).toBe('%@x.example');
});
