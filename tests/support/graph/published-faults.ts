import type { GraphAnswer, Route } from './routes.ts';
import { faultsOf, selectFaults } from './schema.ts';

/** What Microsoft's types have against a question: its body, and the properties that it chooses. */
export function faultsOfQuestion({ name, sends, tells }: Route, { searchParams }: URL, body: string): string[] {
  const select = searchParams.get('$select');
  return [
    ...(sends === undefined ? [] : faultsOfSent(sends, JSON.parse(body))),
    ...(select === null || tells === undefined ? [] : selectFaults(tells, select)),
  ].map((fault) => `question ${name}: ${fault}`);
}

function faultsOfSent(sends: NonNullable<Route['sends']>, sent: object): readonly string[] {
  if (typeof sends === 'string') return faultsOf(sends, sent);
  return Object.entries(sent).flatMap(([name, value]) => {
    const kind = sends[name];
    return kind === undefined ? [`no parameter ${name}`] : faultsOf(kind, value, name);
  });
}

/** The same of an answer. An error is as documented: a code and words. */
export function faultsOfAnswer({ name, tells }: Route, { status, json }: GraphAnswer): string[] {
  return toldIn(json, status, tells).map((fault) => `answer ${name}: ${fault}`);
}

function toldIn(json: object | undefined, status: number, tells: string | undefined): readonly string[] {
  if (json === undefined) return [];
  if (status >= 400) {
    const { innerError: _, ...error } = (json as { readonly error: { readonly innerError?: unknown } }).error;
    return faultsOf('PublicError', error);
  }
  if (tells === undefined) return ['nothing was to be told'];
  return 'value' in json ? faultsOf(`${tells}[]`, json.value) : faultsOf(tells, json);
}
