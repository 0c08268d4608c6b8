import { expect, test } from 'vitest';
import { errorCodes } from '../../src-shared/errors/codes.ts';
import { en } from '../../src-shared/i18n/en.ts';
import { ru } from '../../src-shared/i18n/ru.ts';
import { readSource, sourceFiles } from './source-tree.ts';

type Catalogue = Readonly<Record<string, string>>;

const catalogues: Readonly<Record<'en' | 'ru', Catalogue>> = { en, ru };
const pluralForms = { en: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] } as const;
const pluralKey = /^(.+)_(one|few|many|other)$/;

/** Keys as code names them: of a plural, its stem. */
function stemsOf(catalogue: Catalogue): Set<string> {
  return new Set(Object.keys(catalogue).map((key) => pluralKey.exec(key)?.[1] ?? key));
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? '').sort();
}

/** Placeholders by stem; of a plural, those of any of its forms ("one letter" need not repeat the number). */
function placeholdersByStem(catalogue: Catalogue): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const [key, text] of Object.entries(catalogue)) {
    const stem = pluralKey.exec(key)?.[1] ?? key;
    const known = all.get(stem) ?? new Set();
    all.set(stem, known);
    for (const name of placeholdersOf(text)) known.add(name);
  }
  return all;
}

function missing(from: Iterable<string>, inThese: ReadonlySet<string>): string[] {
  return [...from].filter((key) => !inThese.has(key)).sort();
}

test('both catalogues have the same keys', () => {
  expect(stemsOf(en).size).toBeGreaterThan(100);
  expect(missing(stemsOf(en), stemsOf(ru))).toEqual([]);
  expect(missing(stemsOf(ru), stemsOf(en))).toEqual([]);
});

test.each(['en', 'ru'] as const)('%s has every plural form that its language needs', (language) => {
  const catalogue = catalogues[language];
  const stems = new Set(Object.keys(catalogue).flatMap((key) => pluralKey.exec(key)?.[1] ?? []));
  const forms = [...stems].flatMap((stem) => pluralForms[language].map((form) => `${stem}_${form}`));
  expect(forms.filter((key) => !Object.hasOwn(catalogue, key))).toEqual([]);
  const foreign = Object.keys(catalogue).filter((key) => {
    const form = pluralKey.exec(key)?.[2];
    return form !== undefined && !(pluralForms[language] as readonly string[]).includes(form);
  });
  expect(foreign).toEqual([]);
});

test('both languages fill in the same values', () => {
  const english = placeholdersByStem(en);
  const russian = placeholdersByStem(ru);
  const differ = [...english]
    .filter(([stem, names]) => {
      const others = russian.get(stem) ?? new Set();
      return names.size !== others.size || [...names].some((name) => !others.has(name));
    })
    .map(([stem]) => stem);
  expect(differ).toEqual([]);
});

test('no text is empty, and none is left in the other language', () => {
  expect(Object.entries({ ...en, ...ru }).filter(([, text]) => text.trim() === '')).toEqual([]);
  // Steps at a provider name its menus as they are written there.
  const ours = Object.entries(en).filter(([key]) => !key.startsWith('provider.'));
  expect(ours.filter(([, text]) => /[а-яё]/i.test(text))).toEqual([]);
});

test('every error code has its two sentences', () => {
  const stems = stemsOf(en);
  const needed = Object.keys(errorCodes).flatMap((code) => [`error.${code}`, `error.${code}.do`]);
  expect(missing(needed, stems)).toEqual([]);
});

test('every key that code names is in the catalogues', () => {
  const stems = stemsOf(en);
  const asked = sourceFiles
    .filter((file) => file.startsWith('src-'))
    .flatMap((file) => keysIn(readSource(file)).map((key) => ({ file, key })));
  expect(asked.length).toBeGreaterThan(100);
  expect(keysIn("t('place.mail'); t(online ? 'bar.online' : 'bar.offline')")).toEqual([
    'place.mail',
    'bar.online',
    'bar.offline',
  ]);
  expect(asked.filter(({ key }) => !stems.has(key))).toEqual([]);
});

/** Literal keys of calls of a translator. Keys put together from parts are held by their type. */
function keysIn(source: string): string[] {
  return [...source.matchAll(/\b(?:t|translate)\(([^()]*?)[),]/g)].flatMap(([, argument]) =>
    [...(argument ?? '').matchAll(/'([a-zA-Z]+(?:[.-][\w-]+)+)'/g)].map(([, key]) => key ?? ''),
  );
}
