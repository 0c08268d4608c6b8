import type { Settings } from '../../src-shared/domain/settings.ts';
import type { Events } from '../events/events.ts';
import type { Store } from '../store/store.ts';

/** Preferences: kept in the store and announced. */
export interface SettingsDomain {
  get(): Promise<Settings>;
  set(settings: Settings): Promise<Settings>;
}

export function createSettings(store: Pick<Store, 'call'>, events: Pick<Events, 'emit'>): SettingsDomain {
  return {
    get: () => store.call('settings.get', undefined),
    async set(settings) {
      await store.call('settings.put', { settings });
      events.emit('settings.changed', settings);
      return settings;
    },
  };
}
