import type { SignIn } from '../../../src-main/connectors/connectors.ts';

/** A letter where it lies on the server, as the server itself has it. */
export interface HeldLetter {
  readonly raw: Buffer;
  readonly seen: boolean;
}

/** Beside the console there is always somebody else in a mailbox: here it is the test. Each desk has a mailbox of its own, with nothing in it. */
export interface Desk {
  readonly port: number;
  /** Authorities to trust, in PEM. */
  readonly trusted: readonly string[];
  /** `port`: of somebody between. `wrong`: with a password or a token that is not taken. */
  signIn(wish?: { readonly port?: number; readonly wrong?: boolean }): SignIn;
  /** The newest last. A folder that is not there is made. */
  put(folder: string, letters: readonly (string | Buffer)[]): Promise<void>;
  /** Null: there is no such folder. */
  held(folder: string): Promise<readonly HeldLetter[] | null>;
  /** By the one word of its subject. */
  takeAway(folder: string, subject: string): Promise<void>;
  moveAway(folder: string, subject: string, target: string): Promise<void>;
  removeFolder(folder: string): Promise<void>;
  stop(): Promise<void>;
}

export interface DeskRoom {
  open(): Promise<Desk>;
  /** What the server makes of a letter that it is given: over POP3 and IMAP lines end with CRLF. */
  readonly asServed?: (raw: Buffer) => Buffer;
  /** POP3 has one folder, no marks and no search; what it has not is refused in words. */
  readonly inboxAlone?: boolean;
  close(): Promise<void>;
}

/** The whole letter in what is looked for: a name is one word that no other letter has. */
export const plain = (name: string, text = `${name}\r\n`): string =>
  `From: clerk@elsewhere.example\r\nTo: bob@company.example\r\nMessage-ID: <${name}@elsewhere.example>\r\nDate: Thu, 01 Oct 2026 10:00:00 +0000\r\nSubject: ${name}\r\n\r\n${text}`;

export const isNamed = (name: string, raw: Buffer): boolean => raw.includes(`Subject: ${name}\r\n`);

/** For each letter its name, read first: `one*`. */
export const namesIn = (letters: readonly HeldLetter[] | null): readonly string[] | null =>
  letters
    ?.map(({ raw, seen }) => `${/Subject: (\S+)/.exec(raw.toString('latin1'))?.[1]}${seen ? '*' : ''}`)
    .toSorted() ?? null;
