import { createInterface } from 'node:readline';
import { openConsole } from '../../src-main/app/terminal-console.ts';
import { toWire } from '../../src-shared/errors/wire.ts';

/** Runs as a child process in the environment of a private keyring: `PROFILE`; a line `{name, input}` in, a line `{value}` or `{problem}` out. */
const [profile = ''] = process.argv.slice(2);
const say = (answer: unknown) => void process.stdout.write(`${JSON.stringify(answer)}\n`);

try {
  const person = { askWhereToSave: async () => null, openLink: async () => {} };
  const wish = { profile, vault: 'keychain', passphrase: null, automatic: false, person } as const;
  const { client, close } = await openConsole(wish);
  say({ value: 'open' });
  for await (const line of createInterface({ input: process.stdin })) {
    const { name, input } = JSON.parse(line);
    await client.call(name, input).then(
      (value) => say({ value: value ?? null }),
      (error: unknown) => say({ problem: toWire(error) }),
    );
  }
  await close();
} catch (error) {
  say({ problem: toWire(error) });
}
process.exit();
