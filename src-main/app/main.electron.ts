import { app } from 'electron';
import { startConsole } from './lifecycle.electron.ts';
import { registerPageScheme } from './page-protocol.electron.ts';

// Both must be said before `ready`.
app.enableSandbox();
registerPageScheme();

void startConsole().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(1);
});
