import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { findingSchema } from './finding.ts';
import { instantSchema } from './time.ts';

export const checkStepNameSchema = z.enum([
  'resolve',
  'connect',
  'encrypt',
  'greet',
  'sign-in',
  'list-folders',
  'read-letter',
  /** Only when asked for. */
  'write-flag',
  /** The same for sending, whatever the protocol. */
  'smtp-resolve',
  'smtp-connect',
  'smtp-encrypt',
  'smtp-greet',
  'smtp-sign-in',
  /** A letter to oneself; only when asked for. */
  'send-letter',
  'receive-letter',
]);
export type CheckStepName = z.infer<typeof checkStepNameSchema>;

export const checkStepSchema = z
  .object({
    name: checkStepNameSchema,
    milliseconds: z.number(),
    /** What was seen, for people who know the protocol: address, TLS version, server's name, number of folders. */
    seen: z.string(),
    problem: wireErrorSchema.nullable(),
    /** What it means, by name: the cause of a problem, or what is odd about a step that went well. */
    finding: findingSchema.nullable(),
  })
  .readonly();
export type CheckStep = z.infer<typeof checkStepSchema>;

/** Of a server whose certificate the system does not trust, so that a person can accept exactly this one. */
export const foreignCertificateSchema = z
  .object({
    endpoint: z.enum(['incoming', 'outgoing']),
    sha256: z.string(),
    subject: z.string(),
    issuer: z.string(),
    validFrom: instantSchema,
    validTo: instantSchema,
  })
  .readonly();
export type ForeignCertificate = z.infer<typeof foreignCertificateSchema>;

export const connectionCheckSchema = z
  .object({
    ok: z.boolean(),
    steps: z.array(checkStepSchema).readonly(),
    certificate: foreignCertificateSchema.nullable(),
  })
  .readonly();
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;
