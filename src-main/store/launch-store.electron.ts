import { AppError } from '../../src-shared/errors/errors.ts';
import { launchInChildProcess } from './launch-in-child-process.ts';
import { launchInUtilityProcess } from './launch-in-utility-process.electron.ts';
import type { LaunchStore } from './store-process-pipe.ts';

/** The database needs Node-API 10; Electron 33 has 9, and loading the driver there ends the process (SIGSEGV). */
const NEEDED_NODE_API = 10;

/** `nodePath`: a Node 24, needed where Electron's own is too old. */
export function launchStoreOfRuntime(file: string, nodePath: string | undefined): LaunchStore {
  if (Number(process.versions.napi) >= NEEDED_NODE_API) return launchInUtilityProcess(file);
  if (nodePath !== undefined && nodePath !== '') return launchInChildProcess(file, nodePath);
  return () => Promise.reject(new AppError('store.unavailable'));
}
