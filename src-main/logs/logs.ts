/** Only these fields are ever written; anything else is dropped before it reaches a file. */
export interface LogFields {
  readonly method?: string;
  readonly code?: string;
  readonly mailbox?: string;
  readonly folder?: string;
  readonly host?: string;
  readonly port?: number;
  /** Of a certificate. */
  readonly sha256?: string;
  readonly count?: number;
  readonly bytes?: number;
  readonly milliseconds?: number;
  readonly uid?: number;
  readonly messageId?: number;
  readonly ticketId?: number;
  readonly outgoingId?: number;
  readonly pid?: number;
  readonly exitCode?: number | null;
  readonly state?: string;
  readonly error?: unknown;
}

/** A logger named by its place in the tree, `sync.load-folder`. `event` is a fixed phrase, never built from foreign text. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type Logs = (name: string) => Logger;

/** For tests, and for code that runs before the log is open. */
export const silentLogs: Logs = () => ({ debug() {}, info() {}, warn() {}, error() {} });
