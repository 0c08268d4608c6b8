import type { Client } from '../../src-shared/contract/define-contract.ts';
import type { StoreContract } from './store-api.ts';

/**
 * The database as the rest of the program sees it: typed calls into a process of its own. When that process dies, pending calls fail with
 * `store.unavailable`; it is started and opened again by itself, and calls made meanwhile wait for that.
 */
export interface Store extends Client<StoreContract> {
  readonly kind: 'utility' | 'child';
  /** Called after the process died and the database is open again. */
  onRestart(listener: () => void): () => void;
  close(): Promise<void>;
}
