import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Emit, Handlers } from '../../src-shared/contract/define-contract.ts';
import type { trustContract } from '../../src-shared/contract/trust.ts';
import type {
  AuthorityFacts,
  AuthorityId,
  CertificateAuthority,
} from '../../src-shared/domain/certificate-authority.ts';
import { hostPatternSchema, oneHostSchema } from '../../src-shared/domain/host-pattern.ts';
import type { OldEncryption } from '../../src-shared/domain/old-encryption.ts';

const day = 86_400_000;

/** What every file holds here. */
export const cannedAuthority: AuthorityFacts = {
  subject: 'O=Northwind, CN=Northwind Internal Root CA',
  issuer: 'O=Northwind, CN=Northwind Internal Root CA',
  sha256: '5f3c9a1be0d47712c86f0d2e4b9a8c7d6e5f40312233445566778899aabbccdd',
  validFrom: Date.now() - 300 * day,
  validTo: Date.now() + 900 * day,
};

/** Authorities as long as the object lives. */
export function cannedTrust(emit: () => Emit<AppContract>): Handlers<typeof trustContract> {
  let old: readonly OldEncryption[] = [];
  let kept: readonly CertificateAuthority[] = [];
  return {
    'authorities.list': async () => [...kept],
    'authorities.read': async () => [cannedAuthority],
    'authorities.add': async ({ host }) => {
      const id = (kept.length + 1) as AuthorityId;
      const added = { ...cannedAuthority, id, host: hostPatternSchema.parse(host), addedAt: Date.now() };
      kept = [...kept, added];
      emit()('trust.changed', {});
      return [added];
    },
    'oldEncryption.list': async () => [...old],
    'oldEncryption.allow': async ({ host }) => {
      const allowed = { host: oneHostSchema.parse(host), allowedAt: Date.now() };
      old = [...old, allowed];
      emit()('trust.changed', {});
      return allowed;
    },
    'oldEncryption.forbid': async ({ host }) => {
      old = old.filter((one) => one.host !== host);
      emit()('trust.changed', {});
    },
    'authorities.remove': async ({ authorityId }) => {
      kept = kept.filter(({ id }) => id !== authorityId);
      emit()('trust.changed', {});
    },
  };
}
