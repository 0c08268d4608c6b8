import type { Keyring } from './keyring.ts';

/** For a window: the secrets of this keyring, on the screen that is there. Without that screen it could not be shown. */
export function secretsOf({ env }: Keyring): Record<string, string> {
  const { DBUS_SESSION_BUS_ADDRESS = '', XDG_RUNTIME_DIR = '', XDG_DATA_HOME = '' } = env;
  return { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME };
}
