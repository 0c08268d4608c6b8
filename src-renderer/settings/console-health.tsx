import type { Health } from '../../src-shared/contract/console.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './settings.module.css';

/** Versions, vault, store and paths: what support asks for first, copied in one click. */
export function ConsoleHealth() {
  const t = useText();
  const health = useQuery('console.health', undefined, { alwaysFresh: true });
  const facts = useFacts(health.data);
  const report = facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <Card title={t('settings.health')} aside={facts.length > 0 && <CopyButton value={report} />}>
      {health.error && <ErrorNotice error={health.error} />}
      {health.isPending && <RowSkeletons rows={8} height={28} />}
      {health.data?.storeProblem && <ErrorNotice error={health.data.storeProblem} />}
      {health.data?.vault.problem && <ErrorNotice error={health.data.vault.problem} />}
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function useFacts(health: Health | undefined): readonly (readonly [string, string])[] {
  const t = useText();
  const format = useFormats();
  if (!health) return [];
  const { counts } = health;
  const rows: (readonly [string, string] | null)[] = [
    [t('health.version'), health.version],
    health.storeProblem ? null : [t('health.store'), t('health.storeFine')],
    health.vault.problem ? null : [t('health.vault'), t(`health.vault.${health.vault.kind}`)],
    counts && [
      t('health.counts'),
      t('health.countsLine', {
        mailboxes: t('count.mailboxes', { count: counts.mailboxes }),
        letters: t('count.letters', { count: counts.letters }),
        tickets: t('count.tickets', { count: counts.tickets }),
      }),
    ],
    health.storeBytes === null ? null : [t('health.storeSize'), format.byteSize(health.storeBytes)],
    [t('health.storePath'), health.storePath],
    [t('health.logPath'), health.logPath],
    health.schema === null ? null : [t('health.schema'), String(health.schema)],
    health.electron === null ? null : [t('health.electron'), health.electron],
    health.chromium === null ? null : [t('health.chromium'), health.chromium],
    [t('health.node'), health.node],
    health.sqlite === null ? null : [t('health.sqlite'), health.sqlite],
  ];
  return rows.filter((row) => row !== null);
}
