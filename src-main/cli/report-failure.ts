import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import type { Terminal } from './terminal.ts';
import { visibleJson, visibleLine } from './visible-text.ts';

export interface FailureParts {
  readonly terminal: Pick<Terminal, 'stderr'>;
  readonly translate: Translate;
  readonly json: boolean;
}

/** Says on standard error what went wrong and what to do; returns the exit code: 2 where the person asked wrongly, else 1. */
export function reportFailure(error: unknown, { terminal, translate, json }: FailureParts): number {
  const wire = toWire(error);
  const message = failureLine(translate, wire);
  const line = json ? visibleJson(JSON.stringify({ ...wire, message })) : message;
  terminal.stderr.write(`${line}\n`);
  return wire.code === 'input.invalid' ? 2 : 1;
}

/** Both sentences of an error on one line. */
export function failureLine(translate: Translate, wire: WireError): string {
  const { what, advice } = errorSentence(translate, wire);
  const about = subjectOf(wire);
  return visibleLine(`${about === '' ? '' : `${about}: `}${what} ${advice}`.trim());
}

/** What a sentence that names nothing is about: a window shows it beside the field, a terminal has to say it. */
function subjectOf({ code, params }: WireError): string {
  const named: readonly ErrorCode[] = [
    'input.invalid',
    'mailbox.unknown',
    'folder.gone',
    'template.unknown',
    'file.unreadable',
  ];
  if (!named.includes(code)) return '';
  return String(params.at ?? params.name ?? params.folder ?? params.path ?? '');
}
