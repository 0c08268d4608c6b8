// npm test [-- --only lint|types|unit|e2e]
// All checks, one after another; each runs even if one before it failed. The last line is `N passed, N failed`.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProgram } from './build-program.mjs';
import { runTool, toolEnvironment } from './child.mjs';
import { chromiumFlags, electronRuntime } from './electron-runtime.mjs';
import { runInPrivateSession } from './private-session.mjs';
import { inProject, node24, say } from './project.mjs';
import { provideSystemPackages } from './system-packages.mjs';
import { countOfCheck, countOfPlaywright, countOfPreparation, countOfVitest } from './test-counts.mjs';

const parts = ['lint', 'types', 'unit', 'e2e'];
/** .ci/run reads it, because npm adds lines of its own after a failure. */
const summaryFile = inProject('.cache/test-summary');
const packaged = inProject('release/linux-unpacked/mailroom');
const reports = mkdtempSync(join(tmpdir(), 'mailroom-reports-'));

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (interrupted = true));

const stages = [
  { part: 'lint', title: 'Lint', run: runLint },
  { part: 'types', title: 'Types', run: async (env) => countOfCheck(await runTool('tsc', ['--noEmit'], env)) },
  { part: 'unit', title: 'Tests', run: runVitest },
  { part: 'e2e', title: 'Build', run: async () => countOfPreparation(await buildProgram()) },
  { part: 'e2e', title: 'Package', run: runPackaging },
  { part: 'e2e', title: 'Tests in the window', run: runPlaywright },
];

async function runLint(environment) {
  const colour = process.stdout.isTTY ? [] : ['--colors=off'];
  return countOfCheck(await runTool('biome', ['ci', ...colour, '.'], environment));
}

async function runVitest(environment) {
  const file = join(reports, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runInPrivateSession([inProject('node_modules/.bin/vitest'), ...args], { env: environment });
  return countOfVitest(file, code);
}

/** The packaged program of the tests lets itself be driven, which a release does not. */
async function runPackaging(environment) {
  const code = await runTool('node', [inProject('scripts/package.mjs')], { ...environment, MAILROOM_INSPECT: '1' });
  return countOfPreparation(code);
}

async function runPlaywright(environment) {
  if (environment.MAILROOM_ELECTRON === undefined || !existsSync(inProject('out/main/main.cjs'))) {
    say('There is no program to open.');
    return countOfCheck(1);
  }
  const file = join(reports, 'playwright.json');
  const env = { ...environment, MAILROOM_PACKAGED: packaged, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const args = ['test', '--reporter=list,json'];
  const command = [inProject('node_modules/.bin/playwright'), ...args];
  return countOfPlaywright(file, await runInPrivateSession(command, { screen: true, env }));
}

/** What tests and the program under test find in their environment (docs/notes/toolchain.md). */
async function testEnvironment() {
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const environment = { ...toolEnvironment(colour), MAILROOM_NODE: node24() };
  try {
    const { executable } = await electronRuntime();
    return { ...environment, MAILROOM_ELECTRON: executable, MAILROOM_ELECTRON_FLAGS: chromiumFlags().join(' ') };
  } catch (error) {
    say(`No Electron: ${error.message}`);
    return environment;
  }
}

async function runStages(wanted) {
  if (!provideSystemPackages('tests')) return countOfCheck(1);
  const environment = await testEnvironment();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of stages.filter(({ part }) => wanted.includes(part))) {
    if (interrupted) break;
    say(`\n== ${stage.title}`);
    const count = await stage.run(environment).catch((error) => {
      say(error.stack);
      return countOfCheck(1);
    });
    for (const key of Object.keys(total)) total[key] += count[key];
  }
  return total;
}

function partsWanted() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return parts;
  if (parts.includes(values.only)) return [values.only];
  say(`usage: npm test [-- --only ${parts.join('|')}]`);
  return process.exit(2);
}

try {
  const total = await runStages(partsWanted());
  if (total.skipped > 0) say(`\n${total.skipped} skipped`);
  // A run that was cut short has not shown that anything passes.
  if (interrupted) total.failed += 1;
  const summary = `${total.passed} passed, ${total.failed} failed`;
  mkdirSync(inProject('.cache'), { recursive: true });
  writeFileSync(summaryFile, `${summary}\n`);
  say(`\n${summary}`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
