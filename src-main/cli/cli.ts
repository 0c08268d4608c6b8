import project from '../../package.json' with { type: 'json' };
import { openConsole } from '../app/terminal-console.ts';
import { runMailroom } from './program.ts';

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());
// `mailroom … | head` closes the pipe early, which is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const { stdin, stdout, stderr, env } = process;
const terminal = { stdin, stdout, stderr, env, signal: stopping.signal };
void runMailroom(process.argv.slice(2), terminal, { openConsole, version: project.version }).then((code) => {
  process.exitCode = code;
});
