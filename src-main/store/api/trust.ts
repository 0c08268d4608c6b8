import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import {
  authorityFactsSchema,
  authorityIdSchema,
  certificateAuthoritySchema,
} from '../../../src-shared/domain/certificate-authority.ts';
import { hostPatternSchema, oneHostSchema } from '../../../src-shared/domain/host-pattern.ts';
import { oldEncryptionSchema } from '../../../src-shared/domain/old-encryption.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';

const pem = { pem: z.string() };
const keptAuthoritySchema = certificateAuthoritySchema.unwrap().extend(pem).readonly();
export type KeptAuthority = z.infer<typeof keptAuthoritySchema>;
const newAuthoritySchema = authorityFactsSchema.unwrap().extend(pem).readonly();
export type NewAuthority = z.infer<typeof newAuthoritySchema>;

export const trustRowsContract = defineContract({
  methods: {
    /** By host, then by end. */
    'authorities.list': { input: z.void(), output: z.array(keptAuthoritySchema), errors: [] },
    /** Gives these back as they are kept; one that stands there already stays. */
    'authorities.put': {
      input: z.object({ host: hostPatternSchema, authorities: z.array(newAuthoritySchema), now: instantSchema }),
      output: z.array(keptAuthoritySchema),
      errors: [],
    },
    /** By host. */
    'oldEncryption.list': { input: z.void(), output: z.array(oldEncryptionSchema), errors: [] },
    /** One that is allowed already stays as it is. */
    'oldEncryption.put': { input: oldEncryptionSchema, output: oldEncryptionSchema, errors: [] },
    'oldEncryption.remove': { input: z.object({ host: oneHostSchema }), output: z.void(), errors: [] },
    'authorities.remove': { input: z.object({ authorityId: authorityIdSchema }), output: z.void(), errors: [] },
  },
  events: {},
});
