import type { Finding } from '../domain/finding.ts';
import { type Clues, finding, placeIn, wordsIn } from './clues.ts';

/** What a mailbox that lets us in still lacks. */
export function folderFinding(clues: Clues): Finding | null {
  const { step, folders, problem } = clues;
  const { host } = placeIn(clues);
  if (problem !== null) {
    if (step === 'receive-letter' && problem.code === 'network.timeout') return finding('letter-late', { host });
    // A line that ended meanwhile says nothing of marks.
    if (step === 'write-flag' && !problem.code.startsWith('network.')) return finding('flag-not-kept', { host });
    const refused = problem.code === 'server.refused' || problem.code === 'folder.gone';
    return step === 'read-letter' && refused
      ? finding('letter-refused', { host, serverWords: wordsIn(clues) || '–' })
      : null;
  }
  if (step !== 'list-folders' || folders === null) return null;
  if (folders.count === 0) {
    return folders.prefix === ''
      ? finding('folders-none', { host })
      : finding('folders-behind-prefix', { host, prefix: folders.prefix });
  }
  return folders.hasInbox ? null : finding('no-inbox', { host });
}
