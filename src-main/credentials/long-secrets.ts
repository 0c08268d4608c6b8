import { randomBytes } from 'node:crypto';
import type { Vault } from './vault.ts';

/** Windows takes 2560 bytes a value; a sign-in of Microsoft's is more. No character needs more than four bytes. */
const pieceCharacters = 600;
/** No password begins so, as none holds a line break. */
const mark = 'mailroom-pieces\n';

/**
 * A vault for secrets of any length: a long one lies in pieces, with an entry that names them under its own name. The entry is written when the pieces are
 * there, so a stop in between leaves the old secret whole.
 */
export function withLongSecrets(vault: Vault): Vault {
  const piecesOf = async (name: string): Promise<readonly string[]> => {
    const entry = await vault.get(name);
    return entry?.startsWith(mark) ? entry.slice(mark.length).split('\n') : [];
  };
  const remove = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await vault.delete(name);
  };
  return {
    kind: vault.kind,
    probe: () => vault.probe(),
    async get(name) {
      const entry = await vault.get(name);
      if (!entry?.startsWith(mark)) return entry;
      const pieces: string[] = [];
      for (const piece of entry.slice(mark.length).split('\n')) {
        const text = await vault.get(piece);
        if (text === null) return null;
        pieces.push(text);
      }
      return pieces.join('');
    },
    async put(name, secret) {
      const before = await piecesOf(name);
      if (secret.length <= pieceCharacters && !secret.startsWith(mark)) {
        await vault.put(name, secret);
        return remove(before);
      }
      // Never written over those of the secret before.
      const lot = randomBytes(8).toString('hex');
      const pieces = cut(secret).map((text, at) => ({ name: `${name} ${lot} ${at + 1}`, text }));
      for (const piece of pieces) await vault.put(piece.name, piece.text);
      const names = pieces.map((piece) => piece.name);
      await vault.put(name, `${mark}${names.join('\n')}`);
      await remove(before);
    },
    async delete(name) {
      const pieces = await piecesOf(name);
      await vault.delete(name);
      await remove(pieces);
    },
  };
}

function cut(secret: string): readonly string[] {
  // By whole characters: half of one would not come back.
  const characters = [...secret];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += pieceCharacters) {
    pieces.push(characters.slice(at, at + pieceCharacters).join(''));
  }
  return pieces;
}
