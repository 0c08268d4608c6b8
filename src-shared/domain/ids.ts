import { z } from 'zod';

/** Branded ids: two of them can never be swapped by accident. */
export const mailboxIdSchema = z.uuid().brand('MailboxId');
export type MailboxId = z.infer<typeof mailboxIdSchema>;

export const folderIdSchema = z.number().int().positive().brand('FolderId');
export type FolderId = z.infer<typeof folderIdSchema>;

/**
 * Sorts by arrival: seconds of the server's INTERNALDATE × 2^20 + a running number, below 2^53.
 * So newest first is the primary key read backwards, in the list and in the text index alike.
 */
export const messageIdSchema = z.number().int().positive().brand('MessageId');
export type MessageId = z.infer<typeof messageIdSchema>;

/** The number that people see and that stands in subjects: [#12]. */
export const ticketIdSchema = z.number().int().positive().brand('TicketId');
export type TicketId = z.infer<typeof ticketIdSchema>;

export const templateIdSchema = z.number().int().positive().brand('TemplateId');
export type TemplateId = z.infer<typeof templateIdSchema>;

export const senderEntryIdSchema = z.number().int().positive().brand('SenderEntryId');
export type SenderEntryId = z.infer<typeof senderEntryIdSchema>;

export const ledgerEntryIdSchema = z.number().int().positive().brand('LedgerEntryId');
export type LedgerEntryId = z.infer<typeof ledgerEntryIdSchema>;

export const effectIdSchema = z.number().int().positive().brand('EffectId');
export type EffectId = z.infer<typeof effectIdSchema>;

export const outgoingIdSchema = z.number().int().positive().brand('OutgoingId');
export type OutgoingId = z.infer<typeof outgoingIdSchema>;

/** A meeting, or one occurrence of a series. */
export const meetingIdSchema = z.number().int().positive().brand('MeetingId');
export type MeetingId = z.infer<typeof meetingIdSchema>;

/** A person in the address book of a mailbox. */
export const contactIdSchema = z.number().int().positive().brand('ContactId');
export type ContactId = z.infer<typeof contactIdSchema>;
