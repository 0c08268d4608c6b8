// npm run dev: the program from its sources, the page reloading as they change.
import { runTool } from './child.mjs';
import { chromiumFlags, electronRuntime } from './electron-runtime.mjs';
import { node24 } from './project.mjs';

const { executable } = await electronRuntime();
const sandbox = chromiumFlags().length > 0 ? ['--noSandbox'] : [];
process.exitCode = await runTool('electron-vite', ['dev', ...sandbox, ...process.argv.slice(2)], {
  ELECTRON_EXEC_PATH: executable,
  MAILROOM_NODE: node24(),
});
