import i18next, { type TOptions } from 'i18next';
import type { Language } from '../domain/settings.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

type PluralSuffix = '_one' | '_few' | '_many' | '_other';
type WithoutPlural<K extends string> = K extends `${infer Stem}${PluralSuffix}` ? Stem : K;

/** A key of the catalogues; of a plural, its stem. */
export type TextKey = WithoutPlural<keyof typeof en & string>;
export type TextParams = TOptions;
export type Translate = (key: TextKey, params?: TextParams) => string;

/** A translator of its own, so that the terminal, the page and a test may speak different languages side by side. */
export function createTranslate(language: Language): Translate {
  const instance = i18next.createInstance();
  // Catalogues are at hand, so nothing is loaded and the call is done when it returns.
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    // Keys are flat and hold dots; sentences may hold colons.
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it shows, the terminal must not see entities.
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, ru: { translation: ru } },
  });
  return (key, params) => instance.t(key, params ?? {});
}

/** The language nearest to what the system prefers. */
export function nearestLanguage(locale: string): Language {
  return locale.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

/** Is there a text of this name? For keys that are put together from codes. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key) || Object.hasOwn(en, `${key}_other`);
}
