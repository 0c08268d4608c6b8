import { z } from 'zod';
import {
  authorityFactsSchema,
  authorityIdSchema,
  certificateAuthoritySchema,
} from '../domain/certificate-authority.ts';
import { oldEncryptionSchema } from '../domain/old-encryption.ts';
import { defineContract } from './define-contract.ts';

/** PEM (one certificate or a chain) or DER (one); what is longer than 256 KB is refused. */
const fileSchema = z.instanceof(Uint8Array);

/** As typed: a name, an address, or `*.` and a domain (domain/host-pattern.ts). */
const hostTextSchema = z.string().max(255);

const fileErrors = [
  'authority.unreadable',
  'authority.private-key',
  'authority.not-ca',
  'authority.out-of-date',
] as const;

/** What this console takes besides what the system trusts: certificate authorities, each for one host or the names below one domain, and old encryption, for one host. */
export const trustContract = defineContract({
  methods: {
    /** By host, then by end. */
    'authorities.list': { input: z.void(), output: z.array(certificateAuthoritySchema), errors: [] },
    /** What is in a file, for a person to compare; nothing is kept. */
    'authorities.read': {
      input: z.object({ file: fileSchema }),
      output: z.array(authorityFactsSchema),
      errors: fileErrors,
    },
    /** All that are in the file, or none. One that is trusted for this host already stays as it is. */
    'authorities.add': {
      input: z.object({ host: hostTextSchema, file: fileSchema }),
      output: z.array(certificateAuthoritySchema),
      errors: [...fileErrors, 'authority.host-invalid'],
    },
    /** Lines that it was good for are made anew; one that is gone already is no error. */
    'authorities.remove': { input: z.object({ authorityId: authorityIdSchema }), output: z.void(), errors: [] },
    /** By host. */
    'oldEncryption.list': { input: z.void(), output: z.array(oldEncryptionSchema), errors: [] },
    /** TLS before 1.2 with this one host from now on. */
    'oldEncryption.allow': {
      input: z.object({ host: hostTextSchema }),
      output: oldEncryptionSchema,
      errors: ['tls.one-host-only'],
    },
    /** Lines are made anew; a host that is not allowed is no error. */
    'oldEncryption.forbid': { input: z.object({ host: hostTextSchema }), output: z.void(), errors: [] },
  },
  events: {
    /** Authorities, or old encryption. */
    'trust.changed': z.object({}),
  },
});
