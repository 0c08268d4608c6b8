import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runMailroom } from '../../src-main/cli/program.ts';
import { AppError } from '../../src-shared/errors/errors.ts';

/** A run on a profile that another console has open: whatever gets as far as opening it fails with that. */
async function run(args: readonly string[], options: { stdin?: string; env?: NodeJS.ProcessEnv } = {}) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(options.stdin ?? '');
  const terminal = { stdin, stdout, stderr, env: options.env ?? {}, signal: new AbortController().signal };
  const openConsole = async () => {
    throw new AppError('profile.in-use', { profile: '/p' });
  };
  const code = await runMailroom(args, terminal, { openConsole, version: '1.2.3' });
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

const wrong: readonly (readonly string[])[] = [
  [],
  ['frobnicate'],
  ['mailbox'],
  ['mailbox', 'add'],
  ['mailbox', 'remove'],
  ['load', '--fast'],
  ['load', '--vault', 'drawer'],
  ['message', 'show', 'seven'],
  ['ticket', 'show', '0'],
  ['ticket', 'list', '--state', 'lost'],
  ['ticket', 'list', '--limit', '501'],
  ['search'],
  ['sender', 'add', '*@x.test'],
  ['outbox', 'flush', 'now'],
  ['mailbox', 'look'],
  ['mailbox', 'set', 'desk'],
  ['ledger', 'list', '--status', 'lost'],
  ['ledger', 'list', '--csv', '--json'],
  ['ledger', 'show', 'first'],
  ['ledger', 'load'],
  ['effect', 'list', '--failed', '--all'],
  ['effect', 'retry'],
  ['effect', 'cancel', '1', 'two'],
  ['quarantine', 'list', '--why', 'boredom'],
  ['quarantine', 'retry', '0'],
  ['quarantine', 'dismiss'],
  ['quarantine', 'allow'],
  ['authority', 'add', '--host', 'mail.x.test'],
  ['authority', 'remove', 'all'],
  ['old-encryption', 'allow'],
];

test.each(wrong.map((args) => [args.join(' '), args] as const))(
  'wrong usage is told from failure: %s',
  async (_, args) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  },
);

test('with --json wrong usage is JSON as well', async () => {
  const { code, stderr } = await run(['ticket', 'show', 'x', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'input.invalid', message: expect.stringContaining('x') });
});

test('a failure is 1, said in one sentence, and as JSON where that was asked for', async () => {
  const plain = await run(['mailbox', 'list']);
  expect(plain).toMatchObject({ code: 1, stdout: '' });
  const { code, stderr, stdout } = await run(['mailbox', 'list', '--json']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    code: 'profile.in-use',
    params: { profile: '/p' },
    message: plain.stderr.trim(),
  });
});

test('help is no failure and goes to standard output, in the language of the system', async () => {
  const english = await run(['ticket', 'list', '--help']);
  expect(english).toMatchObject({ code: 0, stderr: '' });
  expect(english.stdout).toMatch(/Usage:.*--json.*--profile.*--vault/s);
  const russian = await run(['ticket', 'list', '--help'], { env: { LANG: 'ru_RU.UTF-8' } });
  expect(russian.stdout).toContain('Использование:');
});

test('the version is that of the program', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

test('every command has --json, --profile and --vault', async () => {
  const leaves = [
    ...['add', 'list', 'look', 'set', 'check', 'enable', 'disable', 'remove'].map((verb) => `mailbox ${verb}`),
    ...['load', 'folder list', 'message list', 'message show', 'search', 'template add', 'template list', 'sender add'],
    ...['sender list', 'ticket list', 'ticket show', 'ticket reply', 'outbox list', 'outbox flush', 'detect', 'demo'],
    ...['list', 'show', 'balance', 'load'].map((verb) => `ledger ${verb}`),
    ...['list', 'retry', 'cancel'].map((verb) => `effect ${verb}`),
    ...['list', 'retry', 'dismiss', 'allow', 'fetch', 'ticket'].map((verb) => `quarantine ${verb}`),
    'doctor',
  ];
  for (const leaf of leaves) {
    const { code, stdout } = await run([...leaf.split(' '), '--help']);
    expect({ leaf, code }).toEqual({ leaf, code: 0 });
    expect(stdout).toMatch(/--json.*--profile.*--vault/s);
  }
});
