import { Command, CommanderError, Option } from 'commander';
import { createTranslate, type Translate } from '../../src-shared/i18n/i18n.ts';
import type { CommandParts } from './command-parts.ts';
import { addAuthorityCommands } from './commands/authority.ts';
import { addDatesCommand } from './commands/dates.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDetectCommand } from './commands/detect.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEffectCommands } from './commands/effect.ts';
import { addFolderCommands } from './commands/folder.ts';
import { addLedgerCommands } from './commands/ledger.ts';
import { addLoadCommand } from './commands/load.ts';
import { addLogCommand } from './commands/log.ts';
import { addMailboxCommands } from './commands/mailbox.ts';
import { addMessageCommands } from './commands/message.ts';
import { addOldEncryptionCommands } from './commands/old-encryption.ts';
import { addOutboxCommands } from './commands/outbox.ts';
import { addQuarantineCommands } from './commands/quarantine.ts';
import { addSearchCommand } from './commands/search.ts';
import { addSenderCommands } from './commands/sender.ts';
import { addTemplateCommands } from './commands/template.ts';
import { addTicketCommands } from './commands/ticket.ts';
import type { OpenConsole } from './open-console.ts';
import { runSession, type SessionOptions, systemLanguage } from './run-session.ts';
import type { Terminal } from './terminal.ts';
import { visibleJson, visibleLine } from './visible-text.ts';

/** Runs one command and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function runMailroom(
  args: readonly string[],
  terminal: Terminal,
  program: { readonly openConsole: OpenConsole; readonly version: string },
): Promise<number> {
  const translate = createTranslate(systemLanguage(terminal.env));
  let exitCode = 0;
  let complaint = '';
  const root = withSharedOptions(new Command('mailroom'), translate)
    .description(translate('terminal.about'))
    .version(program.version, '--version', translate('terminal.option.version'))
    .helpOption('-h, --help', translate('terminal.option.help'))
    .helpCommand('help [command]', translate('terminal.option.help'))
    .configureHelp({ styleTitle: (title) => headingOf(title, translate), showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => {
        complaint += text;
      },
    })
    .exitOverride();
  const parts: CommandParts = {
    translate,
    leaf: (parent, usage, description) => withSharedOptions(parent.command(usage), translate).description(description),
    group: (name, description) => root.command(name).description(description),
    run: async (command, work, automatic = false) => {
      const options = command.optsWithGlobals<SessionOptions>();
      exitCode = await runSession({ terminal, openConsole: program.openConsole, options, automatic }, work);
    },
  };
  for (const add of commandGroups) add(root, parts);
  try {
    await root.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    sayUsage(complaint.trim() || error.message, { terminal, translate, json: args.includes('--json') });
    return 2;
  }
}

const commandGroups: readonly ((root: Command, parts: CommandParts) => void)[] = [
  addMailboxCommands,
  addLoadCommand,
  addFolderCommands,
  addLedgerCommands,
  addEffectCommands,
  addQuarantineCommands,
  addMessageCommands,
  addSearchCommand,
  addTemplateCommands,
  addSenderCommands,
  addTicketCommands,
  addOutboxCommands,
  addAuthorityCommands,
  addOldEncryptionCommands,
  addDetectCommand,
  addDemoCommand,
  addDatesCommand,
  addLogCommand,
  addDoctorCommand,
];

function withSharedOptions(command: Command, translate: Translate): Command {
  return command
    .option('--json', translate('terminal.option.json'))
    .option('--profile <dir>', translate('terminal.option.profile'))
    .addOption(new Option('--vault <kind>', translate('terminal.option.vault')).choices(['keychain', 'passphrase']));
}

function headingOf(title: string, translate: Translate): string {
  if (title === 'Usage:') return translate('terminal.help.usage');
  if (title === 'Options:') return translate('terminal.help.options');
  if (title === 'Commands:') return translate('terminal.help.commands');
  return title === 'Arguments:' ? translate('terminal.help.arguments') : title;
}

interface UsageParts {
  readonly terminal: Terminal;
  readonly translate: Translate;
  readonly json: boolean;
}

function sayUsage(detail: string, { terminal, translate, json }: UsageParts): void {
  const [firstLine = ''] = detail.split('\n');
  if (json) {
    const params = { detail: firstLine.replace(/^error: /, '') };
    terminal.stderr.write(`${visibleJson(JSON.stringify({ code: 'input.invalid', params, message: firstLine }))}\n`);
  } else {
    // A group without a command prints its help, which has many lines.
    terminal.stderr.write(`${detail.split('\n').map(visibleLine).join('\n')}\n${translate('terminal.help.hint')}\n`);
  }
}
