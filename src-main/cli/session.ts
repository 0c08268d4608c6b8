import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { EventName, Input, MethodName, Output, Payload } from '../../src-shared/contract/define-contract.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import type { Terminal } from './terminal.ts';

/** What a command works with while the console is open. */
export interface Session {
  readonly terminal: Terminal;
  readonly translate: Translate;
  readonly json: boolean;
  call<N extends MethodName<AppContract>>(name: N, input: Input<AppContract, N>): Promise<Output<AppContract, N>>;
  on<N extends EventName<AppContract>>(name: N, listener: (payload: Payload<AppContract, N>) => void): void;
  /** The result: as JSON where that was asked for, else these lines. */
  print(value: unknown, lines: readonly string[]): void;
  /** Exact bytes to standard output. */
  printBytes(bytes: Uint8Array): Promise<void>;
  /** Progress and remarks: to standard error, never part of the result. */
  note(line: string): void;
  /** The command did its work, but not all went well: exit code 1. */
  markFailed(): void;
  /** Where the console saves what it would ask a person about. */
  saveTo(path: string): void;
}
