import type { ImapFlow } from 'imapflow';
import { decodePath } from 'imapflow/lib/tools.js';
import type { FolderNamespace } from '../../../src-shared/domain/folder.ts';

/** Part of a server's folders (RFC 2342): one's own, those of other users, or those of everybody. */
export interface Namespace {
  readonly kind: FolderNamespace;
  /** What all its paths begin with, decoded, with its separator at the end; empty: nothing. */
  readonly prefix: string;
  /** Null where it has no levels. */
  readonly separator: string | null;
}

/** Each kind at most so often: a server that names thousands is asked for its first ones. */
const mostOfAKind = 20;

/** As the server names them, one's own first. */
export function namespacesOf(client: ImapFlow): readonly Namespace[] {
  const { personal, other, shared } = client.namespaces ?? { personal: [], other: false, shared: false };
  const kinds = [
    ['personal', personal || []],
    ['others', other || []],
    ['shared', shared || []],
  ] as const;
  return kinds.flatMap(([kind, named]) =>
    named.slice(0, mostOfAKind).map(({ prefix, delimiter }) => ({
      kind,
      prefix: decodePath(client, prefix),
      separator: delimiter ?? null,
    })),
  );
}

/** The one with the longest prefix that the path has; one's own where none has. A prefix without its separator is the level above. */
export function namespaceOf(path: string, namespaces: readonly Namespace[]): Namespace {
  const within = ({ prefix, separator }: Namespace) =>
    path.startsWith(prefix) || (separator !== null && `${path}${separator}` === prefix);
  const [nearest] = namespaces.filter(within).sort((one, other) => other.prefix.length - one.prefix.length);
  return nearest ?? { kind: 'personal', prefix: '', separator: null };
}
