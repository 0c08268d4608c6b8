import { z } from 'zod';

/** Milliseconds since 1970, UTC. */
export const instantSchema = z.number().int();
export type Instant = z.infer<typeof instantSchema>;
