import { z } from 'zod';

export const languageSchema = z.enum(['en', 'ru']);
export type Language = z.infer<typeof languageSchema>;

export const settingsSchema = z
  .object({
    /** Null: the system's language. */
    language: languageSchema.nullable(),
    theme: z.enum(['system', 'light', 'dark']),
    /** Who works at this console: author of answers, assignee of "mine". */
    operatorName: z.string().trim().max(120),
    /** R173: off, and letters make no tickets; nothing set up is lost. */
    ticketsFromMail: z.boolean(),
    /** General poll interval (R126), of every mailbox that has none of its own. */
    pollMinutes: z.number().int().min(1).max(1440),
    /** Days after which a letter leaves the quarantine desk by itself (it stays in the mail); null: only a person takes it off. */
    quarantineDays: z.number().int().min(1).max(3650).nullable().default(null),
  })
  .readonly();
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  language: null,
  theme: 'system',
  operatorName: '',
  ticketsFromMail: true,
  pollMinutes: 5,
  quarantineDays: null,
};
