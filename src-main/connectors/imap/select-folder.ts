import type { MailboxObject } from 'imapflow';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import { unsupported } from './send-command.ts';
import type { Session } from './session.ts';

export interface SelectedFolder {
  readonly mailbox: MailboxObject;
  readonly uidValidity: number;
  /** To be asked before each call: a UID means another letter in another folder. */
  assertOpen(): void;
}

/** EXAMINE for reading, SELECT for changes. */
export async function selectFolder(
  session: Session,
  path: string,
  mode: 'read' | 'change',
  signal: AbortSignal,
): Promise<SelectedFolder> {
  const mailbox = await session.run(
    (client) =>
      client.mailboxOpen(path, { readOnly: mode === 'read' }).catch((error: unknown) => {
        throw isGone(error) ? goneFolder(session, path, error) : error;
      }),
    signal,
  );
  // Without it the server's UIDs mean nothing the next time (RFC 3501, 6.3.1).
  const uidValidity = Number(mailbox.uidValidity ?? 0n);
  if (uidValidity === 0) throw unsupported(session, 'UIDVALIDITY');
  return {
    mailbox,
    uidValidity,
    assertOpen() {
      // None is open any more on a line that is down; the call will say so.
      const { mailbox: open } = session.client;
      if (open && open !== mailbox) throw new Error(`another folder was opened on this connection after ${path}`);
    },
  };
}

export function goneFolder({ endpoint }: Session, path: string, cause: unknown): AppError {
  return new AppError('folder.gone', { ...placeOf(endpoint), folder: path }, { cause });
}

/** A plain NO is all that servers without RFC 5530 have to say; the library then looks whether LIST still names the folder. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { mailboxMissing, serverResponseCode } = error as {
    readonly mailboxMissing?: boolean;
    readonly serverResponseCode?: string | false;
  };
  return mailboxMissing === true || serverResponseCode === 'NONEXISTENT';
}
