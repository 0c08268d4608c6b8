import type { Vault } from '../../src-main/credentials/vault.ts';

/** Stands for an open keychain. */
export function memoryVault(): Vault & { readonly secrets: ReadonlyMap<string, string> } {
  const secrets = new Map<string, string>();
  return {
    kind: 'keychain',
    secrets,
    get: async (name) => secrets.get(name) ?? null,
    put: async (name, secret) => void secrets.set(name, secret),
    delete: async (name) => void secrets.delete(name),
    probe: async () => {},
  };
}
