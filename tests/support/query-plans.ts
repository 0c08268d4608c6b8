import type { OpenDatabase, WritableDb } from '../../src-main/store/process/connection.ts';

export interface Step {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** What every statement of some work would do, each as its steps. */
export function plansOf(
  db: OpenDatabase,
  work: (db: WritableDb) => void,
): { readonly sql: string; readonly steps: readonly Step[] }[] {
  const plans: { sql: string; steps: readonly Step[] }[] = [];
  const noting =
    <Answer>(name: 'all' | 'get' | 'iterate' | 'run') =>
    (sql: string, ...params: Parameters<OpenDatabase['run']> extends [string, ...infer P] ? P : never): Answer => {
      const steps = db.all<Step>(`EXPLAIN QUERY PLAN ${sql}`, ...(params as never[]));
      plans.push({ sql, steps });
      return (db[name] as (sql: string, ...params: unknown[]) => Answer)(sql, ...params);
    };
  work({
    ...{ all: noting('all'), get: noting('get'), iterate: noting('iterate'), run: noting('run') },
    exec: (sql) => db.exec(sql),
    transaction: (inner) => db.transaction(inner),
  });
  return plans;
}
