import type { LogEntry } from '../../src-shared/domain/connection-log.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { redactText } from './redact.ts';

/** Bounds that hold for every line, whoever wrote it. */
const longestName = 250;
const mostParams = 12;

/** The second net of a mailbox's log: names of folders and letters stay as they are, words of servers are redacted, everything is one short line. */
export function cleanEntry(entry: LogEntry): LogEntry {
  return {
    ...entry,
    host: entry.host && oneLine(entry.host),
    folder: entry.folder && oneLine(entry.folder),
    messageId: entry.messageId && messageIdOnly(entry.messageId),
    problem: entry.problem && cleanProblem(entry.problem),
  };
}

function cleanProblem({ code, params }: WireError): WireError {
  const clean = Object.entries(params).slice(0, mostParams);
  return {
    code,
    params: Object.fromEntries(
      clean.map(([name, value]) => [name, typeof value === 'string' ? redactText(oneLine(value)) : value]),
    ),
  };
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, longestName);
}

/** What is none is not kept: whoever writes a letter may put anything into that line. */
function messageIdOnly(text: string): string | null {
  return /^<[\x21-\x3b\x3d\x3f-\x7e]{1,248}>$/.test(text) ? text : null;
}
