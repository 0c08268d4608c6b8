import { dirname, join } from 'node:path';
import { app } from 'electron';

export interface RuntimeFiles {
  readonly page: string;
  readonly preload: string;
  readonly icon: string;
  /** Run by another process, which cannot look into an asar. */
  readonly storeProcess: string;
}

/** The built files, beside each other in out/ and in the packaged program alike. */
export function runtimeFiles(): RuntimeFiles {
  const out = join(app.getAppPath(), 'out');
  const unpacked = (file: string) => file.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  return {
    page: join(out, 'renderer'),
    preload: join(out, 'preload', 'preload.cjs'),
    icon: join(dirname(out), 'assets', 'icon.png'),
    storeProcess: unpacked(join(out, 'main', 'store.cjs')),
  };
}
