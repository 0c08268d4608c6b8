import type { Finding } from '../domain/finding.ts';
import type { Translate } from './i18n.ts';

/** Why a step failed, or what is odd about it, and how to mend it. */
export interface FindingSentence {
  readonly cause: string;
  readonly mend: string;
}

export function findingSentence(translate: Translate, { code, params }: Finding): FindingSentence {
  return { cause: translate(`finding.${code}`, { ...params }), mend: translate(`finding.${code}.do`, { ...params }) };
}
