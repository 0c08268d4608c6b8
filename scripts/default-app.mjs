// Runs inside Electron, in place of its own default_app: opens the app folder named on the command line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
app.setAppPath(folder);
const entry = createRequire(import.meta.url).resolve(join(folder, about.main));
// import() takes CommonJS too; awaiting it here holds back 'ready' until the program's own module has run.
await import(pathToFileURL(entry).href);
