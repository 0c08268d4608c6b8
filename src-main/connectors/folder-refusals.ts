import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';

const ofFolder: readonly ErrorCode[] = [
  'folder.gone',
  'server.refused',
  'permission.denied',
  'exchange.no-access',
  'graph.no-access',
];

/** The server's no to one folder; the line, and every other folder, is as good as before. */
export function isOfFolder(error: unknown): boolean {
  return ofFolder.some((code) => isAppError(error, code));
}

/** A folder can be broken for good, and the server have an answer for the next; so many in a row that have none are the server's trouble. */
export const mostUnanswered = 3;
