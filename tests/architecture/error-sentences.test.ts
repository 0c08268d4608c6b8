import { expect, test } from 'vitest';
import { type ErrorCode, errorCodes } from '../../src-shared/errors/codes.ts';
import en from '../../src-shared/i18n/en/errors.json' with { type: 'json' };
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { createTranslate } from '../../src-shared/i18n/i18n.ts';
import ru from '../../src-shared/i18n/ru/errors.json' with { type: 'json' };

const codes = Object.keys(errorCodes) as ErrorCode[];
const wanted = codes.flatMap((code) => [`error.${code}`, `error.${code}.do`]);
const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, ru };

const placeholders = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort();

test.each(['en', 'ru'])('every code says in %s what happened and what to do, and nothing else is there', (language) => {
  expect(Object.keys(catalogues[language] ?? {}).sort()).toEqual([...wanted].sort());
});

test('both languages name the same particulars', () => {
  const pairs = wanted.map((key) => [key, placeholders(catalogues.en?.[key]), placeholders(catalogues.ru?.[key])]);
  expect(pairs.filter(([, english, russian]) => String(english) !== String(russian))).toEqual([]);
});

test('a sentence is a sentence, and Russian is Russian', () => {
  for (const key of wanted) {
    expect(catalogues.en?.[key], key).toMatch(/^[\p{Lu}“{].{9,}[.”]$/u);
    expect(catalogues.ru?.[key], key).toMatch(/^[А-ЯЁ«{].{9,}[.»]$/u);
  }
});

test('the place and the words of the server stand in the sentence', () => {
  const params = { host: 'mail.example.com', port: 993, serverWords: 'Too many connections' };
  for (const language of ['en', 'ru'] as const) {
    const { what, advice } = errorSentence(createTranslate(language), { code: 'server.throttled', params });
    expect(what).toContain('mail.example.com');
    expect(what).toContain('Too many connections');
    expect(advice).not.toContain('{{');
  }
});
