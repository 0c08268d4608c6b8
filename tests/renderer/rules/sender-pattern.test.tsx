import { expect, it } from 'vitest';
import { patternKind } from '../../../src-renderer/rules/sender-pattern.ts';

it.each([
  ['user@x.test', 'address'],
  ['*@x.test', 'domain'],
  ['*@*', 'everybody'],
  [' *@почта.рф ', 'domain'],
  ['user', null],
  ['user@', null],
  ['@x.test', null],
  ['u*r@x.test', null],
  ['user@*', null],
  ['*@*.test', null],
  ['a b@x.test', null],
  ['a@b@x.test', null],
  ['"*@*"', null],
  ['*@localhost', null],
])('%s is read as %s', (pattern, kind) => {
  expect(patternKind(pattern)).toBe(kind);
});
