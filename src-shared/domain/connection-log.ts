import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { mailboxIdSchema } from './ids.ts';
import { incomingProtocolSchema } from './mailbox.ts';
import { instantSchema } from './time.ts';

/** What happens between the console and a mailbox's servers. Sentences: `log.<event>`. */
export const logEvents = [
  'checked',
  'opened',
  'closed',
  'folders-listed',
  'states-asked',
  'folder-opened',
  'letters-listed',
  'letter-fetched',
  'header-fetched',
  'news-awaited',
  'folder-made',
  'marked-read',
  'moved',
  'deleted',
  'letter-submitted',
  'letter-kept',
  'calendar-asked',
  'meetings-listed',
  'meetings-fetched',
  'meeting-file-fetched',
  'answer-asked',
  'meeting-answered',
  'contacts-read',
  'pass-ended',
] as const;
export const logEventSchema = z.enum(logEvents);
export type LogEvent = z.infer<typeof logEventSchema>;

/** One line of a mailbox's log. It names the letter, and says nothing of what is in it. */
export const logEntrySchema = z
  .object({
    /** Rises; no two of one mailbox are alike. */
    id: z.number().int().positive(),
    at: instantSchema,
    mailboxId: mailboxIdSchema,
    protocol: z.enum([...incomingProtocolSchema.options, 'smtp']).nullable(),
    event: logEventSchema,
    host: z.string().max(253).nullable(),
    port: z.number().int().nullable(),
    folder: z.string().max(300).nullable(),
    uid: z.number().int().nullable(),
    /** With angle brackets. */
    messageId: z.string().max(300).nullable(),
    count: z.number().int().nullable(),
    bytes: z.number().int().nullable(),
    milliseconds: z.number().int().nullable(),
    /** Null: it went well. */
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type LogEntry = z.infer<typeof logEntrySchema>;

export const logSeveritySchema = z.enum(['all', 'problems']);

export const logFilterSchema = z
  .object({
    /** Null: every mailbox. */
    mailboxId: mailboxIdSchema.nullable().default(null),
    severity: logSeveritySchema.default('all'),
    /** In folder, letter, host, code or the server's words; capitals do not matter. */
    words: z.string().max(200).default(''),
    since: instantSchema.nullable().default(null),
    until: instantSchema.nullable().default(null),
  })
  .readonly();
export type LogFilter = z.output<typeof logFilterSchema>;

export const logPageSchema = z
  .object({
    /** Newest first. */
    entries: z.array(logEntrySchema).readonly(),
    /** There are older ones. */
    more: z.boolean(),
  })
  .readonly();
export type LogPage = z.infer<typeof logPageSchema>;

export function meetsFilter(entry: LogEntry, { severity, words, since, until }: LogFilter): boolean {
  if (severity === 'problems' && entry.problem === null) return false;
  if (since !== null && entry.at < since) return false;
  if (until !== null && entry.at > until) return false;
  const needle = words.trim().toLowerCase();
  return needle === '' || searchable(entry).toLowerCase().includes(needle);
}

function searchable({ folder, uid, messageId, host, event, protocol, problem }: LogEntry): string {
  const said = problem === null ? [] : [problem.code, problem.params.serverWords];
  return [folder, uid, messageId, host, event, protocol, ...said].filter((part) => part !== null).join(' ');
}
