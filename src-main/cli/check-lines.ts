import type { CheckStep, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import { findingSentence } from '../../src-shared/i18n/finding-sentence.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { failureLine } from './report-failure.ts';
import { table } from './table.ts';
import { visibleLine } from './visible-text.ts';

/** The steps as a table; below it what each of them means, how to mend it, and the administrator's commands. */
export function checkLines(translate: Translate, { steps, certificate }: ConnectionCheck): string[] {
  const rows = steps.map(({ name, milliseconds, seen, problem }) => [
    translate(`terminal.step.${name}`),
    translate('terminal.milliseconds', { count: Math.round(milliseconds) }),
    problem ? failureLine(translate, problem) : `${translate('terminal.ok')} ${seen}`,
  ]);
  const head = [translate('terminal.head.step'), translate('terminal.head.time'), translate('terminal.head.outcome')];
  const lines = table(head, rows);
  if (certificate) lines.push(translate('terminal.mailbox.certificate', { sha256: certificate.sha256 }));
  return [...lines, ...steps.flatMap((step) => findingLines(translate, step))];
}

function findingLines(translate: Translate, { name, finding }: CheckStep): string[] {
  if (finding === null) return [];
  const { cause, mend } = findingSentence(translate, finding);
  return [
    '',
    `${translate(`terminal.step.${name}`)} [${finding.code}]`,
    ...[cause, mend, ...finding.commands].map((line) => `  ${visibleLine(line)}`),
  ];
}
