import type { CheckStep, ConnectionCheck } from '../domain/connection-check.ts';
import type { Finding } from '../domain/finding.ts';
import type { Endpoint, MailboxSettings } from '../domain/mailbox.ts';
import type { Instant } from '../domain/time.ts';
import { errorSentence } from '../i18n/error-sentence.ts';
import { findingSentence } from '../i18n/finding-sentence.ts';
import type { Translate } from '../i18n/i18n.ts';

export interface ReportQuestion {
  readonly check: ConnectionCheck;
  readonly settings: MailboxSettings;
  readonly at: Instant;
}

/**
 * The check as text that may be sent on: hosts, ports and server's words stay; of addresses and logins only the beginning does, so that whoever knows them
 * recognises them. Secrets are not in a check.
 */
export function connectionReport(translate: Translate, { check, settings, at }: ReportQuestion): string {
  const { incoming, outgoing, oauth } = settings;
  const logins = [incoming?.login ?? '', outgoing?.login ?? '', oauth?.signInAs ?? ''];
  const lines = [
    translate('report.title', { at: new Date(at).toISOString() }),
    translate('report.mailbox', { address: shortName(settings.address) }),
    incoming === null
      ? translate('report.noIncoming')
      : translate('report.incoming', { server: serverLine(incoming.protocol.toUpperCase(), incoming) }),
    outgoing === null
      ? translate('report.noOutgoing')
      : translate('report.outgoing', { server: serverLine((outgoing.protocol ?? 'smtp').toUpperCase(), outgoing) }),
    translate(check.ok ? 'report.good' : 'report.bad'),
    '',
    ...check.steps.flatMap((step) => stepLines(translate, step, logins)),
  ];
  return `${lines.join('\n')}\n`;
}

/** `support@company.example` is `su…@company.example`, `bob` is `b…`. */
export function shortName(name: string): string {
  const at = name.lastIndexOf('@');
  const [local, domain] = at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at)];
  return `${local.slice(0, local.length > 4 ? 2 : 1)}…${domain}`;
}

function serverLine(protocol: string, { host, port, encryption, login, signIn }: Endpoint): string {
  return `${protocol} ${host}:${port}, ${encryption}, ${signIn}, ${login === '' ? '–' : shortName(login)}`;
}

function stepLines(translate: Translate, step: CheckStep, logins: readonly string[]): readonly string[] {
  const { name, milliseconds, seen, problem, finding } = step;
  const outcome = problem === null ? translate('report.stepGood') : translate('report.stepBad', { code: problem.code });
  const head = [translate(`check.step.${name}`), translate('report.milliseconds', { time: milliseconds }), outcome];
  const lines = [[...head, shortAddresses(seen)].filter((part) => part !== '').join(' | ')];
  if (finding !== null) lines.push(...findingLines(translate, finding, logins));
  else if (problem !== null) {
    const { what, advice } = errorSentence(translate, problem);
    lines.push(`  ${shortAddresses(what)}`, `  ${shortAddresses(advice)}`);
  }
  return lines;
}

function findingLines(translate: Translate, { code, params, commands }: Finding, logins: readonly string[]) {
  const known = new Set(logins.filter((login) => login !== ''));
  const short = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, known.has(String(value)) ? shortName(String(value)) : value]),
  );
  const { cause, mend } = findingSentence(translate, { code, params: short, commands });
  const asCommand = (command: string) =>
    [...known].reduce((text, login) => text.replaceAll(`'${login}'`, `'${shortName(login)}'`), command);
  return [
    `  [${code}] ${shortAddresses(cause)}`,
    `  ${shortAddresses(mend)}`,
    ...commands.map((command) => `  > ${shortAddresses(asCommand(command))}`),
  ];
}

/** Addresses within a text, each as `shortName` has it. Those that were shortened already have their dots before the @ and stay as they are. */
export function shortAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),;:[\]“”«»]+@[^\s<>"'(),;:[\]“”«»]+/gu, (address) =>
    address.includes('…@') ? address : shortName(address),
  );
}
