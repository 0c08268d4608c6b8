import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { effectWords } from './effect-words.ts';
import { entryNames } from './entry-names.ts';
import classes from './ledger-row.module.css';
import { LedgerStatusBadge } from './ledger-status.tsx';

export const ledgerRowHeight = 76;

/** Who, when; about what, in which folder; where it stands and why. Undefined: still being read. */
export function LedgerRow({ entry }: { readonly entry: LedgerEntry | undefined }) {
  const t = useText();
  const format = useFormats();
  if (!entry) return <EmptyRow />;
  const { why, effect, seenAt, folderPath, leftAt, status } = entry;
  const { who, what } = entryNames(entry, t);
  const failed = effect?.state === 'failed' ? effect : null;
  const facts = [
    why && t(`ledger.why.${why}`),
    effect && !failed && effectWords(effect, t),
    leftAt !== null && status !== 'left' && effect?.state !== 'done' && t('ledger.row.gone'),
  ].filter(Boolean);
  return (
    <div className={classes.row}>
      <div className={classes.line}>
        <span className={classes.who}>{who}</span>
        <time className={classes.date} dateTime={new Date(seenAt).toISOString()}>
          {format.shortDate(seenAt)}
        </time>
      </div>
      <div className={classes.line}>
        <span className={classes.what}>{what}</span>
        <span className={classes.folder} title={folderPath}>
          {folderPath}
        </span>
      </div>
      <div className={classes.line}>
        <LedgerStatusBadge entry={entry} plain />
        {failed && <StateBadge tone="bad" plain shrinks word={effectWords(failed, t)} />}
        <span className={classes.facts} title={facts.join(' · ')}>
          {facts.join(' · ')}
        </span>
      </div>
    </div>
  );
}

export function EmptyRow() {
  const t = useText();
  return (
    <div className={classes.row}>
      <VisuallyHidden>{t('reading')}</VisuallyHidden>
      {[38, 72, 54].map((width) => (
        <Skeleton key={width} height={11} width={`${width}%`} my={4} animate={false} />
      ))}
    </div>
  );
}
