/**
 * Where secrets are kept. Absent is not locked: `get` returns null only when the vault is open and has no such secret; otherwise it throws
 * `vault.unavailable`, `vault.locked`, `vault.timeout`, `vault.wrong-passphrase` or `vault.passphrase-needed`.
 * Every call ends by itself within its deadline.
 */
export interface Vault {
  readonly kind: 'keychain' | 'passphrase';
  get(name: string): Promise<string | null>;
  put(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** Proves that secrets can be written and read: set, get, delete. */
  probe(): Promise<void>;
}
