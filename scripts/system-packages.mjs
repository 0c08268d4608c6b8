// The Debian packages that Mailroom needs from the system: says what is missing and installs it where it may.
// usage: node scripts/system-packages.mjs window|screenless|tests|bench
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './apt.mjs';
import { say } from './project.mjs';

// A name with alternatives: Debian 13 and Ubuntu 24.04 renamed the library. `program`: how to tell without dpkg.
const libraries = [
  { names: ['libgtk-3-0', 'libgtk-3-0t64'] },
  { names: ['libnss3'] },
  { names: ['libasound2', 'libasound2t64'] },
  { names: ['libgbm1'] },
  { names: ['libsecret-1-0'] },
];
const virtualDesk = [
  { names: ['gnome-keyring'], program: 'gnome-keyring-daemon' },
  { names: ['dbus'], program: 'dbus-run-session' },
  { names: ['xvfb'], program: 'Xvfb' },
  { names: ['xauth'], program: 'xauth' },
];
const mailServer = [
  { names: ['dovecot-imapd'], program: 'dovecot' },
  { names: ['dovecot-pop3d'] },
  { names: ['dovecot-lmtpd'] },
  { names: ['dovecot-submissiond'] },
  { names: ['openssl'], program: 'openssl' },
];
const faults = [{ names: ['libfaketime'] }];
const peers = [
  { names: ['isync'], program: 'mbsync' },
  { names: ['notmuch'], program: 'notmuch' },
];

const sets = {
  window: { for: 'the window', packages: libraries },
  screenless: { for: 'the window without a display', packages: [...libraries, ...virtualDesk] },
  tests: { for: 'the tests', packages: [...libraries, ...virtualDesk, ...mailServer, ...faults] },
  bench: { for: 'the figures', packages: [...libraries, ...virtualDesk, ...mailServer, ...peers] },
};

/** True when everything is there (now). Otherwise it has said what to do. */
export function provideSystemPackages(set) {
  if (process.platform !== 'linux') return provideElsewhere(sets[set]);
  if (onPath('dpkg-query') === undefined) return provideElsewhere(sets[set]);
  const missing = sets[set].packages.filter((needed) => !installed(needed.names));
  if (missing.length === 0) return true;
  const names = missing.map((needed) => available(needed.names));
  if (!isDebian() || process.getuid() !== 0 || onPath('apt-get') === undefined) {
    say(`Missing for ${sets[set].for}: ${names.join(' ')}. As root, run:`);
    say(`  apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`);
    return false;
  }
  say(`Installing for ${sets[set].for}, with apt-get: ${names.join(' ')}`);
  install(() => missing.map((needed) => available(needed.names)));
  const still = missing.filter((needed) => !installed(needed.names));
  if (still.length > 0) say(`apt-get could not install ${still.map((needed) => needed.names[0]).join(' ')}.`);
  return still.length === 0;
}

/** Not a Debian: the libraries cannot be looked up, the programs can. */
function provideElsewhere({ for: purpose, packages }) {
  const programs = packages.map((needed) => needed.program).filter((program) => program !== undefined);
  const absent = programs.filter((program) => onPath(program) === undefined);
  if (process.platform === 'linux' || absent.length > 0)
    say(`Needed for ${purpose}, by Debian's names: ${packages.map((needed) => needed.names[0]).join(' ')}`);
  if (absent.length > 0) say(`Not found: ${absent.join(' ')}. Install them and try again.`);
  return absent.length === 0;
}

function installed(names) {
  const answer = spawnSync('dpkg-query', ['-W', `-f=\${db:Status-Status}\n`, ...names], { encoding: 'utf8' });
  return answer.stdout.split('\n').includes('installed');
}

/** The alternative that this system's lists know; the first when they are empty (before `apt-get update`). */
function available(names) {
  if (names.length === 1) return names[0];
  const known = names.find((name) => {
    const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '';
    return /Candidate: (?!\(none\))/.test(policy);
  });
  return known ?? names[0];
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function onPath(program) {
  // Where Debian keeps servers; not on an ordinary user's path.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find(executable);
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const set = process.argv[2] ?? 'window';
  if (sets[set] === undefined) {
    say(`usage: node scripts/system-packages.mjs ${Object.keys(sets).join('|')}`);
    process.exit(2);
  }
  process.exit(provideSystemPackages(set) ? 0 : 1);
}
