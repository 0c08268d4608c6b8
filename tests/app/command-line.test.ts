import { expect, test } from 'vitest';
import { takePassphrase } from '../../src-main/app/command-line.ts';

test('the passphrase is taken out of the environment, so that no other program inherits it', () => {
  const environment = { MAILROOM_PASSPHRASE: 'correct horse', HOME: '/home/anna' };
  expect(takePassphrase(environment)).toBe('correct horse');
  expect(environment).toEqual({ HOME: '/home/anna' });
  expect(takePassphrase(environment)).toBeNull();
});
