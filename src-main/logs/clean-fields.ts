import { loggableError } from './loggable-error.ts';
import type { LogFields } from './logs.ts';
import { redactText } from './redact.ts';

type Kind = 'text' | 'number' | 'error';

/** The allow-list: a field that is not here, or not of its kind, never reaches a file. */
const kinds: Readonly<Record<keyof LogFields, Kind>> = {
  method: 'text',
  code: 'text',
  mailbox: 'text',
  folder: 'text',
  host: 'text',
  port: 'number',
  sha256: 'text',
  count: 'number',
  bytes: 'number',
  milliseconds: 'number',
  uid: 'number',
  messageId: 'number',
  ticketId: 'number',
  outgoingId: 'number',
  pid: 'number',
  exitCode: 'number',
  state: 'text',
  error: 'error',
};

/** A field is a name or a figure, not a text. */
const longestText = 300;

export function cleanFields(fields: LogFields): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const value = fields[name as keyof LogFields];
    if (kind === 'text' && typeof value === 'string') clean[name] = redactText(value.slice(0, longestText));
    if (kind === 'number' && (typeof value === 'number' || value === null)) clean[name] = value;
    if (kind === 'error' && value !== undefined) clean[name] = redactStrings(loggableError(value));
  }
  return clean;
}

/** Frames are paths and function names of our own; what a person may have put into the rest is not. */
function redactStrings(error: ReturnType<typeof loggableError>): ReturnType<typeof loggableError> {
  return {
    ...error,
    message: error.message === undefined ? undefined : redactText(error.message.slice(0, longestText)),
    cause: error.cause && redactStrings(error.cause),
  };
}
