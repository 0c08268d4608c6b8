import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { type Change, type Group, nothing } from './changes.ts';
import { type Circumstances, compareConsole, type Findings, isClean, together } from './compare.ts';
import { adopt, compareServer } from './compare-server.ts';
import { createConsoleLife } from './console-life.ts';
import { type PassEnd, runPass } from './pass.ts';
import { createConsoleReader } from './read-console.ts';
import {
  applyChange,
  createServerModel,
  isPossible,
  passBegins,
  passCompleted,
  passEnds,
  type ServerModel,
} from './server-model.ts';
import { setUpConsole } from './set-up-console.ts';
import type { ModelServer } from './world.ts';

export interface RunParts {
  readonly server: ModelServer;
  /** Of the console; empty. */
  readonly profile: string;
  /** The next group, or null when enough has happened. */
  readonly next: (model: ServerModel, kills: number) => Group | null;
  /** The console is compared after so many passes, the server after each. */
  readonly compareEvery: number;
  say(line: string): void;
}

export interface RunEnd {
  readonly findings: Findings;
  /** All groups that were gone through; the last one is where it failed, if it did. */
  readonly groups: readonly Group[];
  readonly steps: number;
  readonly letters: number;
  readonly kills: number;
  readonly storeKills: number;
  /** Of each mailbox after the last pass: letters in ticked folders, and in the console. */
  readonly balance: readonly { readonly user: string; readonly onServer: number; readonly loaded: number }[];
}

/** Passes without any fault until all is calm: more than a few are never needed. */
const calmPasses = 5;

/** Goes through the groups until one leaves the console and the model apart, or until there is none; then brings all to rest and compares once more. */
export async function runModel({ server, profile, next, compareEvery, say }: RunParts): Promise<RunEnd> {
  const { mailboxes } = server;
  const users = mailboxes.map(({ user }) => user);
  const model = createServerModel(mailboxes);
  await using world = await server.open();
  const proxy = await startFaultProxy(server.port);
  await using life = await createConsoleLife(profile);
  const ids = await setUpConsole(await life.running(), mailboxes, proxy.port);
  const names = new Map([...ids].map(([user, id]) => [id, user]));
  const reader = createConsoleReader(ids);
  const groups: Group[] = [];
  const count = { steps: 0, kills: 0, storeKills: 0 };
  let last: readonly LoadReport[] = [];

  const change = async (changes: readonly Change[]): Promise<void> => {
    for (const one of changes) {
      if (!isPossible(model, one)) continue;
      // The console has just moved or removed what it is about.
      if (!(await world.apply(one))) continue;
      applyChange(model, one);
      count.steps += one.kind === 'arrive' ? one.letters.length : 1;
    }
  };
  /** After each pass: of what the console did two passes ago nobody could tell what else has happened since. */
  const compareOnServer = async (): Promise<Findings> => {
    const { findings, effects } = compareServer(model, await world.observe());
    for (const effect of effects) {
      const copy = model.copies.get(effect.copy);
      if (effect.kind === 'removed') world.gone(effect.copy);
      if (effect.kind === 'moved' && copy)
        world.found(effect.copy, { user: copy.user, folder: effect.folder }, effect.uid);
    }
    adopt(model, effects);
    return findings;
  };
  const compare = async (circumstances: Omit<Circumstances, 'contents'>): Promise<Findings> => {
    const console = await life.running();
    // A store process that has just been killed takes the first question with it.
    const view = await reader.read(console).catch((error) => {
      if (isAppError(error, 'store.unavailable')) return reader.read(console);
      throw error;
    });
    return compareConsole(model, view, { ...circumstances, contents: world.contents });
  };
  const pass = async (group: Pick<Group, 'fault' | 'restart'>): Promise<PassEnd & Omit<Circumstances, 'contents'>> => {
    if (group.restart || life.storeTired()) await life.restart();
    const begun = model.changes;
    passBegins(model);
    const end = await runPass({ life, mailboxes: ids, proxy, change }, group.fault);
    passEnds(model);
    count.steps += 1;
    count.kills += end.killed ? 1 : 0;
    count.storeKills += end.storeKilled ? 1 : 0;
    const settled = completed(end.reports ?? [], names);
    for (const user of settled) passCompleted(model, user, begun);
    last = end.reports ?? last;
    return { ...end, settled, still: end.met || model.changes !== begun ? new Set<string>() : settled };
  };
  const step = async (group: Group, comparing: boolean): Promise<Findings> => {
    await change(group.changes);
    const { defect, ...circumstances } = await pass(group);
    const onServer = await compareOnServer();
    const found = comparing ? together(onServer, await compare(circumstances)) : onServer;
    return defect === null ? found : together(found, { lost: [], doubled: [], broken: [defect] });
  };

  try {
    let findings: Findings = { lost: [], doubled: [], broken: [] };
    for (let group = next(model, count.kills); group !== null && isClean(findings); group = next(model, count.kills)) {
      groups.push(group);
      findings = await step(group, groups.length % compareEvery === 0);
      if (groups.length % 20 === 0) say(`${groups.length} passes, ${model.letters.size} letters, ${count.kills} kills`);
    }
    if (isClean(findings)) {
      reader.forget();
      findings = await rest();
    }
    const balance = closing(last, names);
    return { findings, groups, ...count, letters: model.letters.size, balance };
  } finally {
    await proxy.stop();
  }

  async function rest(): Promise<Findings> {
    const calm = async () => {
      const end = await pass({ fault: nothing, restart: false });
      return { ...end, onServer: await compareOnServer() };
    };
    let end = await calm();
    let onServer = end.onServer;
    for (let more = 1; more < calmPasses && end.settled.size < users.length; more += 1) {
      // What lines broke over too often is loaded again when a person says so.
      const { call } = await life.running();
      for (const mailboxId of ids.values()) await call('ledger.loadMissing', { mailboxId });
      end = await calm();
      onServer = together(onServer, end.onServer);
    }
    const found = together(onServer, await compare(end));
    if (end.settled.size === users.length) return found;
    const reports = JSON.stringify(end.reports?.map(({ problem, folders }) => ({ problem, folders })));
    return together(found, { lost: [], doubled: [], broken: [`loading does not come to rest: ${reports}`] });
  }
}

/** Users whose mailboxes were loaded whole. */
function completed(reports: readonly LoadReport[], names: ReadonlyMap<MailboxId, string>): ReadonlySet<string> {
  const whole = reports.filter(
    ({ problem, folders }) =>
      problem === null &&
      folders.every((folder) => folder.problem === null && folder.failed === 0 && folder.heldBack === 0),
  );
  return new Set(whole.map(({ mailboxId }) => names.get(mailboxId) ?? mailboxId));
}

function closing(reports: readonly LoadReport[], names: ReadonlyMap<MailboxId, string>): RunEnd['balance'] {
  return reports.map(({ mailboxId, folders }) => ({
    user: names.get(mailboxId) ?? mailboxId,
    onServer: folders.reduce((sum, { onServer }) => sum + onServer, 0),
    loaded: folders.reduce((sum, { loaded }) => sum + loaded, 0),
  }));
}
