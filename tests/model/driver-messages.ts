import type { Answer, Question } from '../../src-shared/contract/envelope.ts';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Point } from './changes.ts';

/** What befalls the console at a point. `hold`: it waits for `release`. */
export type Act = 'kill' | 'kill-store' | 'hold';

export type ToDriver =
  | Question
  | { readonly kind: 'digests'; readonly id: number; readonly messageIds: readonly MessageId[] }
  | { readonly kind: 'arm'; readonly point: Point | null; readonly act: Act }
  | { readonly kind: 'release' }
  | { readonly kind: 'close' };

export type ToTest = Answer | { readonly kind: 'opened' } | { readonly kind: 'reached' };
