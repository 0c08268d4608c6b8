// npm run bench [-- --only load|memory|search|launch|loop|mailboxes|quiet|scale|kills|model] [-- --letters N]
// Figures of this machine, beside those of Debian's own tools in the same run. No figure fails the run; only what could not be run does.
import { parseArgs } from 'node:util';
import { buildProgram } from './build-program.mjs';
import { toolEnvironment } from './child.mjs';
import { chromiumFlags, electronRuntime } from './electron-runtime.mjs';
import { runInPrivateSession } from './private-session.mjs';
import { inProject, node24, say } from './project.mjs';
import { provideSystemPackages } from './system-packages.mjs';

const parts = ['load', 'memory', 'search', 'launch', 'loop', 'mailboxes', 'quiet', 'scale', 'kills', 'model'];
const usage = `usage: npm run bench [-- --only ${parts.join('|')}] [-- --letters N]`;

function wishes() {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, letters: { type: 'string' } } });
    const known = values.only === undefined || parts.includes(values.only);
    const number = values.letters === undefined || /^[1-9]\d{0,6}$/.test(values.letters);
    if (known && number) return values;
  } catch (error) {
    say(error.message);
  }
  say(usage);
  return process.exit(2);
}

async function bench() {
  const { only, letters } = wishes();
  if (!provideSystemPackages('bench')) return 1;
  const args = [
    inProject('tests/bench/run-bench.ts'),
    ...(only === undefined ? [] : ['--only', only]),
    ...(letters === undefined ? [] : ['--letters', letters]),
  ];
  const { executable } = await electronRuntime();
  const built = await buildProgram();
  if (built !== 0) return built;
  const env = toolEnvironment({
    MAILROOM_NODE: node24(),
    MAILROOM_ELECTRON: executable,
    MAILROOM_ELECTRON_FLAGS: chromiumFlags().join(' '),
  });
  // A screen and a keyring of its own: nothing of the person's is touched, and nothing else is drawn.
  return runInPrivateSession([node24(), ...args], { screen: true, env });
}

try {
  process.exitCode = await bench();
} catch (error) {
  say(`The figures could not be taken: ${error.message}`);
  process.exitCode = 1;
}
