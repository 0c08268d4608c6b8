import type { SentCopyFate } from '../../src-shared/domain/sent-copy.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';

/** What became of the copy in the Sent folder, in one line. */
export function SentCopyWords({ copy }: { readonly copy: SentCopyFate | null }) {
  const t = useText();
  if (copy === null) return null;
  const { state, problem } = copy;
  const why = problem !== null && (state === 'due' || state === 'failed') ? ` ${errorSentence(t, problem).what}` : '';
  return (
    <span style={{ color: 'var(--mr-text-dim)' }}>
      {t(`outbox.copy.${state}`)}
      {why}
    </span>
  );
}
