import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { effectWords, toneOfEffect } from './effect-words.ts';
import { entryNames } from './entry-names.ts';
import classes from './ledger-row.module.css';
import { EmptyRow } from './ledger-row.tsx';

/** What is to be done on the server, with which letter, when or why not. */
export function EffectRow({ entry }: { readonly entry: LedgerEntry | undefined }) {
  const t = useText();
  const format = useFormats();
  if (!entry?.effect) return <EmptyRow />;
  const { effect, folderPath } = entry;
  const { who, what } = entryNames(entry, t);
  const words = effectWords(effect, t);
  const last = effect.problem
    ? errorSentence(t, effect.problem).what
    : effect.notBefore > Date.now()
      ? t('effect.at', { date: format.longDate(effect.notBefore) })
      : t('effect.soon');
  return (
    <div className={classes.row}>
      <div className={classes.line}>
        <span className={classes.effect}>
          <StateBadge tone={toneOfEffect[effect.state]} word={words} plain shrinks />
        </span>
        <time className={classes.date} dateTime={new Date(effect.plannedAt).toISOString()}>
          {format.shortDate(effect.plannedAt)}
        </time>
      </div>
      <div className={classes.line}>
        <span className={classes.what}>
          {who} · {what}
        </span>
        <span className={classes.folder} title={folderPath}>
          {folderPath}
        </span>
      </div>
      <div className={classes.line}>
        <span className={classes.facts} title={last}>
          {last}
        </span>
      </div>
    </div>
  );
}
