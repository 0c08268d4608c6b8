import { z } from 'zod';
import {
  authorityFactsSchema,
  authorityIdSchema,
  certificateAuthoritySchema,
} from '../domain/certificate-authority.ts';
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

/** Whom this console trusts besides the system: certificate authorities, each for one host or the names below one domain. */
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
  },
  events: {
    'authorities.changed': z.object({}),
  },
});
