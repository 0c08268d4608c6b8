import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import type { FolderTrial, SwitchTrial } from '../../src-shared/domain/mailbox-switch.ts';
import { matchFolders } from '../../src-shared/domain/match-folders.ts';
import type { IncomingConnector, OpenFolder } from '../connectors/connectors.ts';
import type { Store } from '../store/store.ts';

export interface TrialParts {
  readonly store: Pick<Store, 'call'>;
  readonly now: () => number;
  /** Told as each folder is done. */
  readonly onFolder: (trial: FolderTrial) => void;
}

/** Of each folder: the newest, and as many spread over the rest. */
const newest = 10;
const spread = 10;
/** Of all folders: enough to be sure of, little enough to be waited for. */
const mostLetters = 300;
const mostBytes = 24 * 1024 * 1024;
/** A larger letter says no more than a small one. */
const largest = 4 * 1024 * 1024;

interface Budget {
  letters: number;
  bytes: number;
}

/**
 * The mailbox through another connection, beside what the running one has loaded: letters of each ticked folder counted, and some of them read and looked for in the store.
 * Looks only (EXAMINE, PEEK), and keeps no letter.
 */
export async function tryConnection(
  mailboxId: MailboxId,
  connector: IncomingConnector,
  { store, now, onFolder }: TrialParts,
  signal: AbortSignal,
): Promise<SwitchTrial> {
  const listed = await connector.listFolders(signal);
  const known = await store.call('folders.list', { mailboxId });
  const here = known.map(({ id, ...folder }) => ({ ...folder, folderId: id }));
  const matched = matchFolders(here, listed);
  const balances = await store.call('ledger.balances', { mailboxId });
  const budget: Budget = { letters: mostLetters, bytes: mostBytes };
  const folders: FolderTrial[] = [];
  for (const { id, path } of known.filter(({ selected }) => selected)) {
    const balance = balances.find(({ folderId }) => folderId === id);
    const present = {
      folderId: id,
      path,
      here: balance?.at == null ? null : balance.onServer,
      loaded: balance?.counts.stored ?? 0,
    };
    const found = matched.get(id);
    const trial = { ...present, ...(await lookInto(found, { mailboxId, connector, store, budget }, signal)) };
    onFolder(trial);
    folders.push(trial);
  }
  return { at: now(), folders, matches: matchesOf(matched) };
}

function matchesOf(matched: ReadonlyMap<FolderId, ServerFolder>): SwitchTrial['matches'] {
  return [...matched].map(([folderId, folder]) => ({ folderId, folder }));
}

interface Looking {
  readonly mailboxId: MailboxId;
  readonly connector: IncomingConnector;
  readonly store: Pick<Store, 'call'>;
  readonly budget: Budget;
}

type There = Pick<FolderTrial, 'pathThere' | 'there' | 'sampled' | 'same' | 'alike'>;

async function lookInto(found: ServerFolder | undefined, looking: Looking, signal: AbortSignal): Promise<There> {
  if (found === undefined) return { pathThere: null, there: null, sampled: 0, same: 0, alike: 0 };
  const folder = await looking.connector.openFolder(found.path, signal);
  const uids = folder.exists === 0 ? new Uint32Array() : await folder.listUids({ afterUid: 0, since: null }, signal);
  const known = await recogniseSome(folder, uids, looking, signal);
  const count = (as: (typeof known)[number]) => known.filter((one) => one === as).length;
  return {
    pathThere: found.path,
    there: uids.length,
    sampled: known.length,
    same: count('same'),
    alike: count('alike'),
  };
}

async function recogniseSome(
  folder: OpenFolder,
  uids: Uint32Array,
  { mailboxId, store, budget }: Looking,
  signal: AbortSignal,
): Promise<readonly ('same' | 'alike' | 'unknown')[]> {
  const chosen = sampleOf(uids).slice(0, budget.letters);
  if (chosen.length === 0) return [];
  const sizes = await folder.listSizes(chosen, signal);
  const bearable = chosen.filter((uid) => {
    const size = sizes.get(uid) ?? 0;
    if (size > largest || size > budget.bytes) return false;
    budget.bytes -= size;
    return true;
  });
  budget.letters -= bearable.length;
  const known: ('same' | 'alike' | 'unknown')[] = [];
  if (bearable.length === 0) return known;
  for await (const { raw, receivedAt } of folder.fetchLetters(bearable, signal)) {
    const letters = [{ raw: raw as Uint8Array<ArrayBuffer>, receivedAt }];
    known.push(...(await store.call('letters.recognise', { mailboxId, letters }, signal)));
  }
  return known;
}

/** The newest, and some of the others at equal distances. */
export function sampleOf(uids: Uint32Array): readonly number[] {
  const last = Array.from(uids.subarray(-newest)).reverse();
  const rest = uids.subarray(0, Math.max(0, uids.length - newest));
  const step = Math.max(1, Math.ceil(rest.length / spread));
  return [...last, ...Array.from(rest).filter((_, at) => at % step === 0)];
}
