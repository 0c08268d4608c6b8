import { randomBytes } from 'node:crypto';
import type { Logs } from '../logs/logs.ts';
import { customerDomains, office, officeAddress, support, supportAddress } from './company.ts';
import { type RunningImap, type ServedLetter, startImap } from './imap/imap-server.ts';
import { planLetters } from './letters/plan-letters.ts';
import { type SubmittedLetter, startSmtp } from './smtp/smtp-server.ts';

export interface DemoServer {
  readonly host: '127.0.0.1';
  readonly port: number;
}

export interface DemoMailbox {
  readonly address: string;
  /** In both languages of the program. */
  readonly name: Readonly<Record<'ru' | 'en', string>>;
  readonly imap: DemoServer;
  readonly smtp: DemoServer;
  readonly login: string;
  readonly password: string;
  readonly letters: number;
  /** Folders in which its letters lie. */
  readonly folders: readonly string[];
}

/** The demo company while its servers run. */
export interface DemoServers {
  /** The collection address. */
  readonly support: DemoMailbox;
  readonly office: DemoMailbox;
  /** Domains whose letters are to become tickets. */
  readonly customerDomains: readonly string[];
  /** Letters to people who are nowhere, oldest first: the rest of the world. */
  readonly world: readonly SubmittedLetter[];
  stop(): Promise<void>;
}

export type StartDemoServers = (options: { readonly now: number; readonly logs: Logs }) => Promise<DemoServers>;

const host = '127.0.0.1';
/** Start of the year in which the first console ran: arrivals get UIDs that are seconds since then. */
const uidEpoch = Date.UTC(2025, 0, 1);

/** Starts the company's mail servers on free ports of loopback, with two hundred letters of the weeks before `now` and passwords of this start only. */
export const startDemoServers: StartDemoServers = async ({ now, logs }) => {
  const log = logs('demo-servers');
  const letters = planLetters(now);
  const running: { stop(): Promise<void> }[] = [];
  const world: SubmittedLetter[] = [];
  const inboxes = new Map<string, RunningImap>();
  const stop = async () => void (await Promise.all(running.map((server) => server.stop())));
  try {
    const passwords = new Map([supportAddress, officeAddress].map((address) => [address, newPassword()]));
    const imap = async (login: string, own: readonly ServedLetter[]) => {
      const firstArrivalUid = Math.floor((now - uidEpoch) / 1000);
      const server = await startImap({ login, password: passwords.get(login) ?? '', letters: own, firstArrivalUid });
      running.push(server);
      inboxes.set(login, server);
      return server;
    };
    const ofSupport = await imap(supportAddress, letters.support);
    const ofOffice = await imap(officeAddress, letters.office);
    const smtp = await startSmtp({
      accounts: passwords,
      take(letter) {
        deliver(letter, inboxes, world);
        log.info('letter taken', { bytes: letter.raw.length, count: letter.to.length });
      },
    });
    running.push(smtp);
    log.info('started', { port: smtp.port, count: letters.support.length + letters.office.length });
    const mailbox = (address: string, port: number, own: readonly ServedLetter[]) => ({
      address,
      imap: { host, port } as const,
      smtp: { host, port: smtp.port } as const,
      login: address,
      password: passwords.get(address) ?? '',
      letters: own.length,
      folders: [...new Set(own.map(({ folder }) => folder))],
    });
    return {
      support: { ...mailbox(supportAddress, ofSupport.port, letters.support), name: namesOf(support) },
      office: { ...mailbox(officeAddress, ofOffice.port, letters.office), name: namesOf(office) },
      customerDomains,
      world,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

function deliver(letter: SubmittedLetter, inboxes: ReadonlyMap<string, RunningImap>, world: SubmittedLetter[]): void {
  const known = letter.to.flatMap((address) => inboxes.get(address.toLowerCase()) ?? []);
  for (const inbox of known) inbox.deliver(letter.raw, Date.now());
  if (known.length < letter.to.length) world.push(letter);
}

/** Of this start only: nobody types it, and nothing outlives the servers that could be reached with it. */
function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

function namesOf(people: Readonly<Record<'ru' | 'en', { readonly name: string }>>) {
  return { ru: people.ru.name, en: people.en.name };
}
