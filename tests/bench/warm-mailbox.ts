import { ImapFlow } from 'imapflow';
import { dovecotPassword } from './load-through.ts';

/** Dovecot says nothing while it gives a million new files their numbers. */
const longestSilence = 15 * 60_000;

/** Reads every letter once and drops it: whoever loads next finds Dovecot's index and the files in memory, whichever comes first. */
export async function warmMailbox(imapPort: number, user: string): Promise<{ readonly ms: number }> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: dovecotPassword },
    logger: false,
    socketTimeout: longestSilence,
  });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX', { readOnly: true });
    const start = performance.now();
    const everything = { uid: true, flags: true, internalDate: true, size: true, source: true } as const;
    for await (const _letter of client.fetch('1:*', everything, { uid: true }));
    return { ms: performance.now() - start };
  } finally {
    // A farewell over a line that has broken would hide why it broke.
    client.close();
  }
}
