import { expect } from 'vitest';
import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import en from '../../src-shared/i18n/en/errors.json' with { type: 'json' };
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { createTranslate } from '../../src-shared/i18n/i18n.ts';

const translate = { en: createTranslate('en'), ru: createTranslate('ru') };
/** What a place without a value leaves behind. */
const hole = /{{|}}|“\s*”|«\s*»|undefined|null|NaN|\[object/;

/**
 * The failure has this code, and what it carries fills its sentences in both languages.
 * Gives back what happened, as English says it.
 */
export function expectSaid(problem: WireError | null | undefined, ...codes: readonly ErrorCode[]): string {
  expect(codes).toContain(problem?.code);
  const { code, params } = problem as WireError;
  const catalogue: Readonly<Record<string, string>> = en;
  const places = [`error.${code}`, `error.${code}.do`].flatMap((key) => [
    ...(catalogue[key] ?? '').matchAll(/{{(\w+)}}/g),
  ]);
  for (const [, name = ''] of places) expect(String(params[name] ?? '').trim(), `${code}: ${name}`).not.toBe('');
  for (const language of ['en', 'ru'] as const) {
    const { what, advice } = errorSentence(translate[language], { code, params });
    for (const sentence of [what, advice]) {
      expect(sentence).not.toMatch(hole);
      expect(sentence).toMatch(language === 'ru' ? /[а-яё]{3}/ : /^[^а-яё]+$/);
    }
  }
  return errorSentence(translate.en, { code, params }).what;
}

/** The failure a call or an opening ends with; one that ends well fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<WireError> {
  const end = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(end, 'it ended well').not.toBeNull();
  const wire = toWire(end);
  // A defect is told to nobody but the log: here it is the test's own news.
  if (wire.code === 'internal.defect') throw end;
  return wire;
}
