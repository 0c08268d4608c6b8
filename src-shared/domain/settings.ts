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
    /** General poll interval (R126), offered to new mailboxes. */
    pollMinutes: z.number().int().min(1).max(1440),
  })
  .readonly();
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  language: null,
  theme: 'system',
  operatorName: '',
  ticketsFromMail: true,
  pollMinutes: 5,
};
