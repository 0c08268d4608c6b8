import { createOsKeychain } from '../../src-main/credentials/os-keychain.ts';
import { toWire } from '../../src-shared/errors/wire.ts';

/** Runs as a child process in the environment of a private keyring: `PROFILE_ID method [name [secret]]`, answers with one line of JSON. */
const [profileId = '', method = '', name = '', secret = ''] = process.argv.slice(2);
const vault = createOsKeychain({ profileId });
const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  probe: () => vault.probe(),
  get: () => vault.get(name),
  put: () => vault.put(name, secret),
  delete: () => vault.delete(name),
};

calls[method]?.()
  .then((value) => ({ value: value ?? null }))
  .catch((error: unknown) => ({ code: toWire(error).code }))
  .then((answer) => process.stdout.write(JSON.stringify(answer)))
  .catch(() => process.exit(1));
