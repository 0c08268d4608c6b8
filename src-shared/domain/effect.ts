import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { effectIdSchema } from './ids.ts';
import { instantSchema } from './time.ts';

export const effectKindSchema = z.enum(['mark-read', 'move', 'delete']);
export type EffectKind = z.infer<typeof effectKindSchema>;

/**
 * `due`: recorded, to be done from `notBefore` on. `doing`: was begun; after a crash it is looked at before it is done again. `done`.
 * `gone`: the letter had left the folder before. `failed`: not without a person. `cancelled`: a person called it off, or (`problem`) the mailbox stopped receiving.
 */
export const effectStateSchema = z.enum(['due', 'doing', 'done', 'gone', 'failed', 'cancelled']);
export type EffectState = z.infer<typeof effectStateSchema>;

/** One change on a server, recorded together with the outcome that asked for it. */
export const effectSchema = z
  .object({
    id: effectIdSchema,
    kind: effectKindSchema,
    /** Path of the folder to move to; null for the other kinds. */
    target: z.string().nullable(),
    state: effectStateSchema,
    plannedAt: instantSchema,
    notBefore: instantSchema,
    attempts: z.number().int(),
    problem: wireErrorSchema.nullable(),
    doneAt: instantSchema.nullable(),
  })
  .readonly();
export type Effect = z.infer<typeof effectSchema>;

/** What the rules ask for, before it is a row. */
export const plannedEffectSchema = z
  .object({
    kind: effectKindSchema,
    target: z.string().nullable(),
    /** Milliseconds after the outcome. */
    delay: z.number().int().nonnegative(),
  })
  .readonly();
export type PlannedEffect = z.infer<typeof plannedEffectSchema>;
