import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openConsole, type Surroundings } from '../../src-main/app/terminal-console.ts';
import type { TerminalConsole } from '../../src-main/cli/open-console.ts';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { EventName, Input, MethodName, Output, Payload } from '../../src-shared/contract/define-contract.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Afterwards, FirstLoadPeriod, IncomingEndpoint, Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { settingsFor, soon } from '../sync/open-console.ts';

export const passphrase = 'correct horse battery staple';
/** A machine with other work must not make a behaviour look broken. */
const longestCall = 100_000;

/** Whoever answers the calls. */
export type Asking = Pick<MainProcess, 'call'>;

/** All services together, opened as the terminal opens them, over a profile of the test. */
export interface MainProcess extends AsyncDisposable {
  readonly profile: string;
  /** Names under which the person was offered to save. */
  readonly offered: readonly string[];
  call<N extends MethodName<AppContract>>(name: N, input: Input<AppContract, N>): Promise<Output<AppContract, N>>;
  when<N extends EventName<AppContract>>(
    name: N,
    holds: (payload: Payload<AppContract, N>) => boolean,
  ): Promise<Payload<AppContract, N>>;
  close(): Promise<void>;
}

export interface MainWish extends Surroundings {
  /** A profile that outlives this process; without one it has a folder of its own, gone with it. */
  readonly profile?: string;
  readonly automatic?: boolean;
  /** Where the person saves what has this name. */
  readonly saveAs?: (name: string) => string;
  /** The person's browser. */
  readonly openLink?: (url: string) => Promise<void>;
}

export async function openMain(wish: MainWish = {}): Promise<MainProcess> {
  const { profile, automatic = false, saveAs, openLink = async () => {}, ...surroundings } = wish;
  const folder = profile === undefined ? temporaryFolder() : null;
  const place = profile ?? join(folder?.path ?? '', 'profile');
  const offered: string[] = [];
  let open: TerminalConsole | null = null;
  try {
    open = await openConsole(
      {
        profile: place,
        vault: 'passphrase',
        passphrase,
        automatic,
        person: {
          askWhereToSave: async (name) => {
            offered.push(name);
            return saveAs?.(name) ?? null;
          },
          openLink,
        },
      },
      surroundings,
    );
  } catch (error) {
    folder?.[Symbol.dispose]();
    throw error;
  }
  return over(open, { profile: place, offered, removed: () => folder?.[Symbol.dispose]() });
}

interface Place {
  readonly profile: string;
  readonly offered: readonly string[];
  readonly removed: () => void;
}

function over(open: TerminalConsole, { profile, offered, removed }: Place): MainProcess {
  const { client } = open;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await open.close();
    const defects = await defectsIn(profile);
    removed();
    if (defects.length > 0) throw new Error(`the log tells of defects:\n${defects.join('\n')}`);
  };
  return {
    profile,
    offered,
    call: (name, input) => client.call(name, input, AbortSignal.timeout(longestCall)),
    when: (name, holds) =>
      new Promise((resolve, reject) => {
        const stop = client.on(name, (payload) => {
          if (!holds(payload)) return;
          stop();
          resolve(payload);
        });
        soon().addEventListener('abort', () => reject(new Error(`no such ${name}`)), { once: true });
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Failures that no method declares are answered like any other; only the log knows. */
async function defectsIn(profile: string): Promise<readonly string[]> {
  const log = await readFile(join(profile, 'logs', 'mailroom.log'), 'utf8');
  return log.split('\n').filter((line) => /"event":"(defect|undeclared error|runner died)"/.test(line));
}

export interface MailboxPlan {
  readonly user: string;
  readonly port: number;
  readonly endpoint?: Partial<IncomingEndpoint>;
  readonly password?: string;
  readonly folders?: readonly string[];
  readonly automatic?: boolean;
  readonly firstLoadPeriod?: FirstLoadPeriod;
  /** Letters above it are kept by their headers alone; else as a new mailbox has it. */
  readonly largestMb?: number;
  /** Nothing, unless said. */
  readonly afterwards?: Afterwards;
}

export function settingsOf({ user, port, endpoint, ...plan }: MailboxPlan): ReceivingSettings {
  const { automatic = false, largestMb = 35, firstLoadPeriod = 'all', afterwards = { kind: 'leave' } } = plan;
  const loading = { automatic, pollMinutes: 1440, largestMb, firstLoadPeriod };
  const settings = settingsFor({ user, port, afterwards, loading });
  return { ...settings, incoming: { ...settings.incoming, ...endpoint } };
}

export function addMailbox({ call }: Asking, plan: MailboxPlan): Promise<Mailbox> {
  const { password = 'secret', folders = ['INBOX'] } = plan;
  return call('mailboxes.add', {
    draft: { settings: settingsOf(plan), password, outgoingPassword: null, mailboxId: null },
    folders: folders.map((path) => ({
      path,
      name: path,
      separator: '/',
      role: path === 'INBOX' ? ('inbox' as const) : null,
      selectable: true,
      identity: null,
      selected: true,
    })),
    learnProviderId: null,
    confirmed: plan.afterwards !== undefined,
  });
}

export function changeMailbox({ call }: Asking, { id }: Mailbox, plan: MailboxPlan): Promise<Mailbox> {
  const password = plan.password ?? 'secret';
  const draft = { settings: settingsOf(plan), password, outgoingPassword: null, mailboxId: id };
  return call('mailboxes.update', { draft });
}

/** One pass over all mailboxes; the report of each by the mailbox's id. */
export async function loadAll({ call }: Asking): Promise<(mailbox: Mailbox) => LoadReport> {
  const reports = new Map<MailboxId, LoadReport>();
  for (const report of await call('loading.run', { mailboxIds: null })) reports.set(report.mailboxId, report);
  return ({ id, settings }) => {
    const report = reports.get(id);
    if (!report) throw new Error(`${settings.name} was not loaded`);
    return report;
  };
}

export function lettersOf({ call }: Asking, { id }: Mailbox): Promise<readonly MessageSummary[]> {
  const scope = { mailboxId: id, folderId: null, unreadOnly: false };
  return call('mail.list', { scope, before: null, limit: 500 });
}

export async function subjectsOf(main: Asking, mailbox: Mailbox): Promise<readonly string[]> {
  return (await lettersOf(main, mailbox)).map(({ subject }) => subject).sort();
}
