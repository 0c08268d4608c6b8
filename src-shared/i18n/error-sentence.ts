import type { WireError } from '../errors/wire.ts';
import type { TextKey, Translate } from './i18n.ts';

/** What happened and why, and what to do about it: two sentences of the catalogue for one error. */
export interface ErrorSentence {
  readonly what: string;
  readonly advice: string;
}

export function errorSentence(translate: Translate, { code, params }: WireError): ErrorSentence {
  return {
    what: translate(`error.${code}` as TextKey, { ...params }),
    advice: translate(`error.${code}.do` as TextKey, { ...params }),
  };
}
