import { app } from 'electron';
import { startConsole } from './lifecycle.electron.ts';
import { registerPageScheme } from './page-protocol.electron.ts';

// Both must be said before `ready`. Root cannot sandbox: where the start script says so, insisting would crash every child process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerPageScheme();

void startConsole().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(1);
});
