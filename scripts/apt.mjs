// Installs Debian packages without starting the servers among them.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const startPolicy = '/usr/sbin/policy-rc.d';
// Somebody else's apt may be running, as it does after a machine's first start.
const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];

/** `names()` is asked after the package lists were fetched: only then is it known which alternative exists. */
export function install(names) {
  apt(['update', '-qq']);
  // The tests start a Dovecot of their own; the package's would listen on all addresses of this machine.
  const refuseStarts = !existsSync(startPolicy);
  if (refuseStarts) writeFileSync(startPolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const wanted = names();
    const succeeded = apt(['install', '-y', '-qq', '--no-install-recommends', ...wanted]);
    if (succeeded && wanted.includes('dovecot-imapd')) keepDovecotOff();
  } finally {
    if (refuseStarts) rmSync(startPolicy, { force: true });
  }
}

/** Else it would start with the machine. */
function keepDovecotOff() {
  if (existsSync('/run/systemd/system')) spawnSync('systemctl', ['disable', '--quiet', 'dovecot'], { stdio: 'ignore' });
}

/** apt's own output is shown only when it fails. */
function apt(args) {
  const run = spawnSync('apt-get', [...options, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (run.status !== 0) process.stderr.write(`apt-get ${args.join(' ')}\n${run.stdout}${run.stderr}`);
  return run.status === 0;
}
