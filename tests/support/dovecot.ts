import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateFiles, createCertificates, type TestCertificates } from './certificates.ts';
import { deliver } from './deliver.ts';
import { dovecotLog, endProcess, killProcessGroup, launchDovecot } from './dovecot-process.ts';
import { freePorts } from './free-ports.ts';
import { type Relay, startRelay } from './relay.ts';

export interface DovecotOptions {
  /** Besides acl, for example `zlib`. */
  readonly mailPlugins?: readonly string[];
  /** Lines after all others in dovecot.conf: the last word wins. */
  readonly extraConfig?: string;
  /** Which of the test certificates it shows, or files of your own. */
  readonly certificate?: 'valid' | 'expired' | 'otherName' | 'selfSigned' | CertificateFiles;
  /** `no`: neither STARTTLS nor the ports that are TLS from the start. */
  readonly tls?: 'yes' | 'required' | 'no';
  /** What happens to submitted letters: delivered to the inbox of each recipient, or only kept in `relay.received`. */
  readonly submitted?: 'deliver' | 'keep';
}

/** A private Dovecot on loopback. Every user exists, with the password `secret`; what follows the @ does not matter. */
export interface Dovecot {
  readonly host: 'localhost';
  readonly password: 'secret';
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly pop3Port: number;
  readonly pop3sPort: number;
  readonly submissionPort: number;
  readonly lmtpPort: number;
  /** The authority to trust: for NODE_EXTRA_CA_CERTS as a file, for `tls.ca` as text. */
  readonly caFile: string;
  readonly caPem: string;
  readonly certificates: TestCertificates;
  readonly dir: string;
  readonly relay: Relay;
  /** What Dovecot wrote so far. */
  log(): string;
  /** Ends the server and starts it again with the same mail and ports, meanwhile nobody listens. */
  restart(): Promise<void>;
  /** Ends the server but keeps its mail; `restart` brings it back. */
  halt(): Promise<void>;
  /** Ends the server and removes all its files. */
  stop(): Promise<void>;
}

/** Between picking free ports and binding them another process may take one. */
const attempts = 5;
const portNames = ['imap', 'imaps', 'pop3', 'pop3s', 'submission', 'lmtp'] as const;
type Ports = Readonly<Record<(typeof portNames)[number], number>>;

export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const dir = mkdtempSync(join(tmpdir(), 'mailroom-dovecot-'));
  // Its mail processes run under a user of their own.
  chmodSync(dir, 0o755);
  const certificates = createCertificates(join(dir, 'certificates'));
  let ports = await pickPorts();
  const relay = await startRelay(async (letter) => {
    if (options.submitted !== 'keep') await deliver({ lmtpPort: ports.lmtp }, letter.to, letter.raw, letter.from);
  });
  const launch = (): Promise<ChildProcess> =>
    launchDovecot(
      dir,
      [ports.imap, ports.lmtp, ports.submission],
      environmentOf({ options, ports, certificates, relayPort: relay.port }),
    );
  let server: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    await killProcessGroup(server);
    await relay.stop();
    // The last mail process may still be closing a file.
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  try {
    for (let attempt = 1; server === undefined; attempt += 1) {
      server = await launch().catch((error: Error) => {
        if (attempt === attempts || !error.message.includes('Address already in use')) throw error;
        return undefined;
      });
      if (server === undefined) ports = await pickPorts();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const halt = (): Promise<void> => endProcess(server);
  const restart = async (): Promise<void> => {
    await halt();
    server = await launch();
  };
  const { caFile, caPem } = certificates;
  const log = (): string => dovecotLog(dir);
  return {
    host: 'localhost',
    password: 'secret',
    ...named(ports),
    caFile,
    caPem,
    certificates,
    dir,
    relay,
    log,
    restart,
    halt,
    stop,
  };
}

async function pickPorts(): Promise<Ports> {
  const found = await freePorts(portNames.length);
  return Object.fromEntries(portNames.map((name, at) => [name, found[at]])) as unknown as Ports;
}

function named(ports: Ports) {
  return {
    imapPort: ports.imap,
    imapsPort: ports.imaps,
    pop3Port: ports.pop3,
    pop3sPort: ports.pop3s,
    submissionPort: ports.submission,
    lmtpPort: ports.lmtp,
  };
}

interface Setup {
  readonly options: DovecotOptions;
  readonly ports: Ports;
  readonly certificates: TestCertificates;
  readonly relayPort: number;
}

function environmentOf({ options, ports, certificates, relayPort }: Setup): NodeJS.ProcessEnv {
  const wanted = options.certificate ?? 'valid';
  const certificate = typeof wanted === 'string' ? certificates[wanted] : wanted;
  const listeners = portNames.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])]);
  return {
    ...process.env,
    ...Object.fromEntries(listeners),
    RELAY_PORT: String(relayPort),
    TLS: options.tls ?? 'yes',
    CERT: certificate.cert,
    KEY: certificate.key,
    MAIL_PLUGINS: (options.mailPlugins ?? []).join(' '),
    EXTRA_CONFIG: options.extraConfig ?? '',
  };
}
