import type { FolderLook, LoadLook } from '../../src-shared/domain/loading.ts';
import { firstLoadSince, type MailboxSettings, moveTargets } from '../../src-shared/domain/mailbox.ts';
import type { IncomingConnector, OpenFolder } from '../connectors/connectors.ts';
import { estimateLoad, type SizeSample } from './estimate-load.ts';

/** What is known of a folder of a saved mailbox. */
export interface LoadedFolderFacts {
  readonly uidValidity: number | null;
  /** Above it everything is new mail, whatever the period says. */
  readonly periodUid: number;
  readonly stored: ReadonlySet<number>;
}

export interface LookQuestion {
  readonly settings: MailboxSettings;
  readonly folders: readonly string[];
  readonly known: ReadonlyMap<string, LoadedFolderFacts>;
  readonly providerMbPerDay: number | null;
  readonly now: number;
}

/** Sizes of so many letters tell those of the others. */
const sampled = 1_000;

/** Counts what loading would do. Looks only: EXAMINE, SEARCH, sizes, and a few letters by PEEK to see how fast the server is. */
export async function lookBeforeLoad(
  connector: IncomingConnector,
  question: LookQuestion,
  signal: AbortSignal,
): Promise<LoadLook> {
  const looks: FolderLook[] = [];
  const samples: SizeSample[] = [];
  let loadedBefore = 0;
  for (const path of question.folders) {
    const folder = await connector.openFolder(path, signal);
    const { look, sample, stored } = await lookAt(folder, question, signal);
    looks.push(look);
    samples.push(sample);
    loadedBefore += stored;
  }
  const listed = new Set((await connector.listFolders(signal)).map(({ path }) => path));
  const total = (figure: 'toLoad' | 'toMark' | 'toMove' | 'toDelete') =>
    looks.reduce((sum, look) => sum + look[figure], 0);
  return {
    folders: looks,
    toLoad: total('toLoad'),
    toMark: total('toMark'),
    toMove: total('toMove'),
    toDelete: total('toDelete'),
    // A first load answers no letter, and nothing else in the program answers by itself.
    automaticAnswers: 0,
    loadedBefore,
    ...(await estimateLoad(connector, samples, signal)),
    providerMbPerDay: question.providerMbPerDay,
    missingFolders: [...new Set(moveTargets(question.settings.afterwards))].filter((path) => !listed.has(path)),
  };
}

async function lookAt(folder: OpenFolder, { settings, known, now }: LookQuestion, signal: AbortSignal) {
  const { loading, afterwards } = settings;
  const facts = known.get(folder.path);
  const same = facts !== undefined && facts.uidValidity === folder.uidValidity ? facts : undefined;
  const empty = folder.exists === 0;
  const all = empty ? new Uint32Array() : await folder.listUids({ afterUid: 0, since: null }, signal);
  const candidates = Array.from(all).filter((uid) => !same?.stored.has(uid));
  const since = loading.newMail === 'everything' ? null : firstLoadSince(loading.firstLoadPeriod, now);
  const inPeriod = since === null || empty ? null : new Set(await folder.listUids({ afterUid: 0, since }, signal));
  const unread = new Set(empty ? [] : folder.listUnreadUids ? await folder.listUnreadUids(signal) : all);
  const wanted = candidates.filter(
    (uid) =>
      (inPeriod === null || inPeriod.has(uid) || (same !== undefined && uid > same.periodUid)) &&
      (loading.newMail !== 'unread' || unread.has(uid)),
  );
  // The newest: those that are loaded first, and most like those to come.
  const measured = wanted.slice(-sampled);
  const sizes = measured.length === 0 ? new Map<number, number>() : await folder.listSizes(measured, signal);
  const limit = loading.largestMb * 1024 * 1024;
  const large = [...sizes.values()].filter((size) => size > limit).length;
  const share = measured.length === 0 ? 0 : wanted.length / measured.length;
  const touched = wanted.length - Math.round(large * share);
  const look: FolderLook = {
    path: folder.path,
    onServer: all.length,
    toLoad: wanted.length,
    heldBack: candidates.length - wanted.length,
    tooLarge: Math.round(large * share),
    toMark: afterwards.kind === 'mark-read' ? wanted.filter((uid) => unread.has(uid)).length : 0,
    toMove: afterwards.kind === 'move' ? touched : 0,
    toDelete: afterwards.kind === 'delete' ? touched : 0,
  };
  const sample: SizeSample = { path: folder.path, letters: wanted.length, sizes, limit };
  return { look, sample, stored: same?.stored.size ?? 0 };
}
