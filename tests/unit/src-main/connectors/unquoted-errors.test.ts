import { expect, test } from 'vitest';
import { guardSignIn } from '../../../../src-main/connectors/unquoted-errors.ts';
import { serverWords } from '../../../../src-main/net/server-words.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';
import { signInTo } from '../../../connectors/sign-in.ts';

/** As long as those of Microsoft; no part of it is like another. */
const token = Array.from({ length: 200 }, (_, at) => `t${at}.`).join('');

/** What is left of a refusal that says this, after the words have been made fit for a sentence. */
async function wordsLeft(said: string, password: string, { login = 'bob', byToken = false } = {}): Promise<string> {
  const { endpoint } = signInTo(1, 'none', { login });
  const { signIn, hide } = guardSignIn({ endpoint, password, ...(byToken ? { askToken: async () => token } : {}) });
  await signIn.askToken?.(null, AbortSignal.timeout(1_000));
  const error = hide(new AppError('auth.rejected', { host: 'h', serverWords: serverWords(said, '–', login) }));
  return String((error as AppError).params.serverWords);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['as it stands', 'not secret9!', 'secret9!', 'not …'],
  ['with the login in it', 'not bob123 here', 'bob123', 'not … here'],
  ['with an address in it', 'not pa@ss9 here', 'pa@ss9', 'not … here'],
  ['with blanks in it', 'not two  words9 here', 'two  words9', 'not … here'],
  ['in base64', `not ${base64('\0bob\0secret9!')}`, 'secret9!', 'not …'],
  ['not at all', 'wrong password', 'secret9!', 'wrong password'],
])('a password quoted %s', async (_how, said, password, left) => {
  expect(await wordsLeft(said, password)).toBe(left);
});

test.each([
  ['as it stands', `not ${token}`, 'not …'],
  ['as it went over the line', `not ${base64(`user=bob\x01auth=Bearer ${token}\x01\x01`)}`, 'not …'],
  ['behind many words', `${'no '.repeat(55)}${token}`, `${'no '.repeat(55)}…`],
])('a token that is longer than the words of a sentence, quoted %s', async (_how, said, left) => {
  expect(await wordsLeft(said, '', { byToken: true })).toBe(left);
});
