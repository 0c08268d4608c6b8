import type { Language } from '../../src-shared/domain/settings.ts';
import { createTranslate, nearestLanguage } from '../../src-shared/i18n/i18n.ts';
import type { OpenConsole } from './open-console.ts';
import { reportFailure } from './report-failure.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { visibleJson } from './visible-text.ts';

/** Given on each command. */
export interface SessionOptions {
  readonly json?: true;
  readonly profile?: string;
  readonly vault?: 'keychain' | 'passphrase';
}

export interface SessionParts {
  readonly terminal: Terminal;
  readonly openConsole: OpenConsole;
  readonly options: SessionOptions;
  readonly automatic: boolean;
}

/** The language of the person's system, until their settings are known. */
export function systemLanguage(env: NodeJS.ProcessEnv): Language {
  return nearestLanguage(env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en');
}

/** Opens the console, lets the command work, closes the console; returns the exit code. */
export async function runSession(parts: SessionParts, work: (session: Session) => Promise<void>): Promise<number> {
  const { terminal, openConsole, options, automatic } = parts;
  const json = options.json === true;
  let translate = createTranslate(systemLanguage(terminal.env));
  let failed = false;
  let savePath: string | null = null;
  try {
    const opened = await openConsole({
      profile: options.profile ?? null,
      vault: options.vault ?? null,
      passphrase: terminal.env.MAILROOM_PASSPHRASE ?? null,
      automatic,
      person: {
        askWhereToSave: async () => savePath,
        // A terminal may stand on another machine than its person's browser, so the address is said and nothing is started.
        openLink: async (url) => {
          terminal.stderr.write(`${translate('terminal.open', { url })}\n`);
        },
      },
    });
    try {
      const { language } = await opened.client.call('settings.get', undefined);
      if (language) translate = createTranslate(language);
      await work({
        terminal,
        translate,
        json,
        call: (name, input) => opened.client.call(name, input, terminal.signal),
        on: (name, listener) => void opened.client.on(name, listener),
        print: (value, lines) => {
          if (json) terminal.stdout.write(`${visibleJson(JSON.stringify(value ?? null, null, 2))}\n`);
          else for (const line of lines) terminal.stdout.write(`${line}\n`);
        },
        printBytes: (bytes) =>
          new Promise((resolve, reject) =>
            terminal.stdout.write(bytes, (error) => (error ? reject(error) : resolve())),
          ),
        note: (line) => void terminal.stderr.write(`${line}\n`),
        markFailed: () => {
          failed = true;
        },
        saveTo: (path) => {
          savePath = path;
        },
      });
    } finally {
      await opened.close();
    }
    return failed ? 1 : 0;
  } catch (error) {
    return reportFailure(error, { terminal, translate, json });
  }
}
