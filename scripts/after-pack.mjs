import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The registry's runtime carries a default_app.asar for `npm start`; a packaged program must not open other folders. */
export default async function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName === 'linux') await rm(join(appOutDir, 'resources/default_app.asar'), { force: true });
}
