import { z } from 'zod';
import { oneHostSchema } from './host-pattern.ts';
import { instantSchema } from './time.ts';

/** A host with which TLS 1.0 and 1.1 (withdrawn by RFC 8996) may be spoken as well, because a person has said so. */
export const oldEncryptionSchema = z.object({ host: oneHostSchema, allowedAt: instantSchema }).readonly();
export type OldEncryption = z.infer<typeof oldEncryptionSchema>;
