import type { Language } from '../../src-shared/domain/settings.ts';

/** The system's own variant of the chosen language (en-GB, ru-KZ), so that times and numbers look as everywhere on this machine. */
export function formattingLocale(language: Language): string {
  return navigator.languages.find((locale) => locale.toLowerCase().startsWith(language)) ?? language;
}
