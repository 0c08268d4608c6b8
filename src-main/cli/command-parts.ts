import type { Command } from 'commander';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import type { Session } from './session.ts';

/** What a command file needs to add its commands. */
export interface CommandParts {
  readonly translate: Translate;
  /** A command with the options that every command has. */
  readonly leaf: (parent: Command, usage: string, description: string) => Command;
  readonly group: (name: string, description: string) => Command;
  readonly run: (command: Command, work: (session: Session) => Promise<void>, automatic?: boolean) => Promise<void>;
}
