import { connectionReport } from '../../../src-shared/doctor/connection-report.ts';
import { checkLines } from '../check-lines.ts';
import { findMailbox } from '../find-mailbox.ts';
import type { Session } from '../session.ts';
import { visibleText } from '../visible-text.ts';

export interface CheckCommandOptions {
  readonly writeFlag?: true;
  readonly testLetter?: true;
  readonly report?: true;
}

const checkId = 'terminal';

/** Each step is told as it ends; the whole stands at the end. A failed one is exit code 1. */
export async function checkMailbox(session: Session, name: string, options: CheckCommandOptions): Promise<void> {
  const { translate } = session;
  const { id, settings } = await findMailbox(session, name);
  const draft = { settings, password: null, outgoingPassword: null, mailboxId: id };
  session.on('mailboxes.checkStep', ({ step }) => {
    session.note(`${translate(`terminal.step.${step.name}`)}: ${step.problem?.code ?? translate('terminal.ok')}`);
  });
  const wishes = { writeFlag: options.writeFlag === true, sendLetter: options.testLetter === true };
  const check = await session.call('mailboxes.check', { draft, checkId, ...wishes });
  const report = () => visibleText(connectionReport(translate, { check, settings, at: Date.now() })).split('\n');
  session.print(check, options.report ? report() : checkLines(translate, check));
  if (!check.ok) session.markFailed();
}
