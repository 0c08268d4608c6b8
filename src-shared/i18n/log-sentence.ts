import { shortAddresses } from '../doctor/connection-report.ts';
import type { LogEntry } from '../domain/connection-log.ts';
import { errorSentence } from './error-sentence.ts';
import type { Translate } from './i18n.ts';

/** What was done, with its figures: `Load a letter · 12 kB · 40 ms`. */
export function logFacts(translate: Translate, { event, count, bytes, milliseconds }: LogEntry): string {
  const parts = [
    translate(`log.event.${event}`),
    count === null ? '' : translate('log.count', { count }),
    bytes === null ? '' : translate('log.bytes', { count: bytes }),
    milliseconds === null ? '' : translate('report.milliseconds', { time: milliseconds }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Which letter, or which folder: `INBOX · 4711 · <id@host>`; empty where neither is meant. */
export function logPlace({ folder, uid, messageId }: LogEntry): string {
  return [folder, uid, messageId].filter((part) => part !== null).join(' · ');
}

/** Why it failed, with the server's own words behind; empty where it went well. */
export function logProblem(translate: Translate, { problem }: LogEntry): string {
  if (problem === null) return '';
  const { serverWords } = problem.params;
  return [errorSentence(translate, problem).what, serverWords ? `(${serverWords})` : ''].filter(Boolean).join(' ');
}

/** One line of a file that may be sent on: addresses are shortened as in the report of a check, the Message-ID stays. */
export function logLine(translate: Translate, entry: LogEntry, mailbox: string): string {
  const { at, protocol, host, port, problem, messageId } = entry;
  const server = host === null ? '' : `${(protocol ?? '').toUpperCase()} ${host}:${port ?? ''}`;
  const parts = [
    new Date(at).toISOString(),
    translate(problem === null ? 'log.done' : 'log.failed'),
    shortAddresses(mailbox),
    server,
    logFacts(translate, entry),
    shortAddresses(logPlace({ ...entry, messageId: null })),
    messageId ?? '',
    problem === null ? '' : `[${problem.code}] ${shortAddresses(logProblem(translate, entry))}`,
  ];
  return parts.filter((part) => part !== '').join(' | ');
}
