import type { LogEntry } from '../../src-shared/domain/connection-log.ts';
import { logFacts, logPlace, logProblem } from '../../src-shared/i18n/log-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './log-table.module.css';

/** Newest first; scrolls by itself, so that a long log does not push the rest of the page away. */
export function LogTable({ entries }: { readonly entries: readonly LogEntry[] }) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys (WCAG 2.1.1).
    <section className={classes.box} tabIndex={0} aria-label={t('log.lines')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('log.column.time')}</th>
            <th scope="col">{t('log.column.what')}</th>
            <th scope="col">{t('log.column.letter')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <LogRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LogRow({ entry }: { readonly entry: LogEntry }) {
  const t = useText();
  const format = useFormats();
  const { at, protocol, host, problem } = entry;
  return (
    <tr>
      <td className={classes.time} title={format.longDate(at)}>
        {format.timeOfLine(at)}
      </td>
      <td>
        {problem !== null && <StateBadge tone="bad" word={t('log.failed')} plain />} {logFacts(t, entry)}
        {problem !== null && <p className={classes.problem}>{logProblem(t, entry)}</p>}
        {host !== null && (
          <p className={classes.server}>
            {(protocol ?? '').toUpperCase()} {host}
          </p>
        )}
      </td>
      <td className={classes.letter}>{logPlace(entry)}</td>
    </tr>
  );
}
