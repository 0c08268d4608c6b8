import type { consoleContract, Health } from '../../../src-shared/contract/console.ts';
import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { Demo } from '../../app/demo-mode.ts';
import type { NetworkWatch } from '../../net/network-watch.ts';
import type { SettingsDomain } from '../../settings/settings.ts';

export interface ConsoleServices {
  readonly settings: SettingsDomain;
  readonly network: NetworkWatch;
  readonly demo: Demo;
  readonly health: () => Promise<Health>;
  readonly openLink: (url: string) => Promise<void>;
}

type Startup = 'console.startup' | 'console.open';

export const consoleHandlers = (services: ConsoleServices): Omit<Handlers<typeof consoleContract>, Startup> => ({
  'console.health': () => services.health(),
  'console.network': async () => ({ online: services.network.online() }),
  'settings.get': () => services.settings.get(),
  'settings.set': ({ settings }) => services.settings.set(settings),
  'links.open': ({ url }) => services.openLink(url),
  'demo.status': () => services.demo.status(),
  'demo.start': (_input, signal) => services.demo.start(signal),
  'demo.end': () => services.demo.end(),
});
