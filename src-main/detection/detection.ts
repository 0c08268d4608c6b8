import type { Detection, Provider } from '../../src-shared/domain/provider.ts';
import type { Store } from '../store/store.ts';
import { detectSettings, domainOf } from './detect-settings.ts';
import { knownProviders } from './known-providers.ts';

export interface DetectionDomain {
  /** Learned domains first, then the directory, then a guess; nothing is asked of the network. */
  detect(address: string): Promise<Detection>;
  listProviders(): readonly Provider[];
  /** Remembers the provider that a person picked for the address's domain (R102). */
  learn(address: string, providerId: string): Promise<void>;
}

export function createDetection(store: Pick<Store, 'call'>): DetectionDomain {
  return {
    async detect(address) {
      const learned = await store.call('providerDomains.list', undefined);
      const byDomain = new Map(learned.map(({ domain, providerId }) => [domain, providerId]));
      return detectSettings(address, { providers: knownProviders, learned: byDomain });
    },
    listProviders: () => knownProviders,
    async learn(address, providerId) {
      // A provider that the directory does not know could never be found again.
      if (!knownProviders.some(({ id }) => id === providerId)) return;
      await store.call('providerDomains.learn', { domain: domainOf(address), providerId });
    },
  };
}
