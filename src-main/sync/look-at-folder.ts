import type { OpenFolder } from '../connectors/connectors.ts';
import type { Sighting } from '../store/api/ledger.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import { type FolderScope, type Listing, leaveOut } from './plan-load.ts';

/** Asks what a scope asks. Looks only. */
export async function lookAtFolder(folder: OpenFolder, scope: FolderScope, signal: AbortSignal): Promise<Listing> {
  const nothing = new Uint32Array();
  if (folder.exists === 0) return { listed: nothing, inPeriod: null, unread: null };
  const listed = await folder.listUids({ afterUid: scope.above, since: null }, signal);
  const { since } = scope;
  const inPeriod = since === null ? null : await folder.listUids({ afterUid: scope.above, since }, signal);
  const unread = scope.byMarks && folder.listUnreadUids ? await folder.listUnreadUids(signal) : null;
  return { listed, inPeriod, unread };
}

/** A listing as the ledger takes it. */
export function sightingOf(
  { folderId }: FolderCursor,
  uidValidity: number,
  { scope, listing, at }: { readonly scope: FolderScope; readonly listing: Listing; readonly at: number },
): Sighting {
  return {
    folderId,
    uidValidity,
    at,
    listed: Uint32Array.from(listing.listed),
    above: scope.above,
    leave: leaveOut(scope, listing),
    judge: scope.judge,
    judgedBy: scope.judgedBy,
    loadSince: scope.loadSince,
    periodUid: scope.periodUid ?? listing.listed.at(-1) ?? 0,
  };
}
