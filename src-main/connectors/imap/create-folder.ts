import { isAppError } from '../../../src-shared/errors/errors.ts';
import { responseCodeOf } from './errors.ts';
import { isListed, separatorOf } from './listed-folder.ts';
import { sendCommand, wirePath } from './send-command.ts';
import type { Session } from './session.ts';

/** Servers make what is above a folder by themselves (RFC 3501, 6.3.3: SHOULD); where one does not, level by level. */
export async function createFolder(session: Session, path: string, signal: AbortSignal): Promise<void> {
  const refusal = await refusalOf(session, path, signal);
  // Not all servers say that this is why.
  if (refusal === null || responseCodeOf(refusal) === 'ALREADYEXISTS' || (await isListed(session, path, signal)))
    return;
  const separator = await separatorOf(session, signal);
  for (const parent of separator === null ? [] : parentsOf(path, separator)) await refusalOf(session, parent, signal);
  const again = await refusalOf(session, path, signal);
  if (again !== null) throw again;
}

/** Null when the folder has been made. */
async function refusalOf(session: Session, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    await sendCommand(session, { name: 'CREATE', attributes: [wirePath(session, path)] }, signal);
  } catch (error) {
    if (!isAnswer(error)) throw error;
    return error;
  }
  // Other programs list subscribed folders only; that it is subscribed is no condition of its use.
  await sendCommand(session, { name: 'SUBSCRIBE', attributes: [wirePath(session, path)] }, signal).catch((error) => {
    if (!isAnswer(error)) throw error;
  });
  return null;
}

function isAnswer(error: unknown): boolean {
  return isAppError(error, 'server.refused') || isAppError(error, 'folder.gone');
}

/** From the top down: `A`, `A/B` for `A/B/C`. */
function parentsOf(path: string, separator: string): readonly string[] {
  const levels = path.split(separator);
  return levels.slice(1).map((_, at) => levels.slice(0, at + 1).join(separator));
}
