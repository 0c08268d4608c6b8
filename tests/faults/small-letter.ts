import { fillMaildir, type MaildirTarget } from '../support/fill-maildir.ts';

/** About 300 bytes, of which some are no UTF-8; as Latin-1, one character for each byte. */
export function smallLetter(subject: string, headers: readonly string[] = []): string {
  return [
    'From: Anna <anna@elsewhere.test>',
    'To: support@company.example',
    `Subject: ${subject}`,
    `Message-ID: <${crypto.randomUUID()}@elsewhere.test>`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=iso-8859-1',
    ...headers,
    '',
    'Gr\u00fc\u00dfe. * 1 FETCH (UID 1 BODY[] {3}',
    '',
  ].join('\r\n');
}

export function smallLetters(subjects: readonly string[]): readonly string[] {
  return subjects.map((subject) => smallLetter(subject));
}

/** Lays letters of `smallLetter` into a folder on the server. */
export function put(target: MaildirTarget, user: string, letters: readonly string[], folder = 'INBOX'): void {
  fillMaildir(
    target,
    user,
    folder,
    letters.map((raw) => ({ raw: Buffer.from(raw, 'latin1') })),
  );
}
