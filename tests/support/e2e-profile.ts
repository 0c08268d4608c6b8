import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailroomJson, passphrase } from '../cli/mailroom.ts';
import type { Dovecot } from './dovecot.ts';

export interface LoadedProfile {
  readonly dir: string;
  /** What a window needs to open it: the authority to trust, the passphrase of its vault. */
  readonly env: Readonly<Record<string, string>>;
}

/** A new profile with the mailbox `desk`, its letters loaded; those of firma.test become tickets. Made by the terminal's commands, so that a test of the window begins where it is interesting. */
export async function loadedProfile(dovecot: Dovecot): Promise<LoadedProfile> {
  const dir = mkdtempSync(join(tmpdir(), 'mailroom-profile-'));
  const env = { NODE_EXTRA_CA_CERTS: dovecot.caFile };
  const run = (args: readonly string[], stdin = '') => mailroomJson(args, { profile: dir, env, stdin });
  const { imapsPort, submissionPort } = dovecot;
  const settings = {
    name: 'desk',
    address: 'desk@localhost.test',
    incoming: { host: 'localhost', port: imapsPort, encryption: 'tls', login: 'desk' },
    outgoing: { host: 'localhost', port: submissionPort, encryption: 'starttls', login: 'desk' },
    firstLoadPeriod: 'all',
    collectsTickets: true,
  };
  const file = join(dir, 'desk.json');
  writeFileSync(file, JSON.stringify(settings));
  await run(['mailbox', 'add', '--from', file, '--password-stdin'], `${dovecot.password}\n`);
  writeFileSync(file, JSON.stringify({ name: 'Request', type: 'Request', object: 'Building', workKind: 'Repair' }));
  await run(['template', 'add', '--from', file]);
  await run(['sender', 'add', '*@firma.test', '--template', 'Request']);
  await run(['load', 'desk']);
  return { dir, env: { ...env, MAILROOM_PASSPHRASE: passphrase } };
}
