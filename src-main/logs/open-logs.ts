import { mkdirSync } from 'node:fs';
import { pino } from 'pino';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import { cleanFields } from './clean-fields.ts';
import type { LogFields, Logger, Logs } from './logs.ts';
import { redactText } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface OpenedLogs {
  readonly logger: Logs;
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

export interface LogOptions {
  readonly level?: LogLevel;
  /** What is written of an event and its fields; only a test that proves the redaction gives another. */
  readonly clean?: (event: string, fields: LogFields) => readonly [string, Record<string, unknown>];
}

/** Six files of 5 MB: some weeks of ordinary days, and never more than 30 MB of a person's disk. */
const fileSize = '5M';
const oldFiles = 5;
/** A file that could not be written (a full disk) is given up; the first line that comes later than this tries it again. */
const tryAgainAfter = 5_000;

/** One line of JSON for each event, in `mailroom.log` of the folder. */
export function openLogs(folder: string, { level = 'info', clean = cleanLine }: LogOptions = {}): OpenedLogs {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let file = openFile(folder);
  let openedAt = performance.now();
  const writeLine = (line: string) => {
    if (file.destroyed && performance.now() - openedAt > tryAgainAfter) {
      file = openFile(folder);
      openedAt = performance.now();
    }
    if (!file.destroyed) file.write(line);
  };
  const root = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'event',
    },
    { write: writeLine },
  );

  const logger: Logs = (name) => {
    const named = root.child({ name });
    const write =
      (severity: LogLevel): Logger['info'] =>
      (event, fields = {}) => {
        if (!named.isLevelEnabled(severity)) return;
        const [text, values] = clean(event, fields);
        named[severity](values, text);
      };
    return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  };
  return {
    logger,
    close: () =>
      new Promise((resolve) => {
        // It has ended by itself and will not say so again.
        if (file.destroyed) return resolve();
        file.once('close', resolve);
        file.once('error', () => resolve());
        file.end();
      }),
  };
}

function openFile(folder: string): RotatingFileStream {
  const file = createStream('mailroom.log', { path: folder, size: fileSize, rotate: oldFiles, mode: 0o600 });
  // A full disk must not end the program through its log.
  file.on('error', () => undefined);
  file.on('warning', () => undefined);
  return file;
}

function cleanLine(event: string, fields: LogFields): readonly [string, Record<string, unknown>] {
  return [redactText(event), cleanFields(fields)];
}
