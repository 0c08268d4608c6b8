import type { Effect, EffectState } from '../../src-shared/domain/effect.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import type { Tone } from '../ui/state-badge.tsx';

export const toneOfEffect: Readonly<Record<EffectState, Tone>> = {
  due: 'busy',
  doing: 'busy',
  done: 'good',
  gone: 'idle',
  failed: 'bad',
  cancelled: 'idle',
};

/** What is done with the letter on the server, and how far it is. */
export function effectWords({ kind, state, target }: Effect, t: Translate): string {
  return t(`effect.${kind}.${state}`, { target });
}

/** Is still to come, so that a person may call it off. */
export function isComing({ state }: Effect): boolean {
  return state === 'due' || state === 'doing';
}
