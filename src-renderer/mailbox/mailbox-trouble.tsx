import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { isTroubled } from '../../src-shared/domain/mailbox-health.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import type { MailboxState } from '../ipc/use-mailbox-states.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './mailbox-trouble.module.css';
import { useMend } from './use-mend.tsx';

export interface MailboxTroubleProps {
  readonly state: MailboxState;
  /** Its settings are on the same page already. */
  readonly onOwnPage?: boolean;
}

/** Why a mailbox is not as it should be, what to do, and the button that does it. Calm where another console has it. */
export function MailboxTrouble({ state, onOwnPage = false }: MailboxTroubleProps) {
  const t = useText();
  const { condition } = state;
  const { action, dialog } = useMend(state, onOwnPage);
  const { why, needsPerson, health } = condition;
  if (why?.code === 'mailbox.leased') {
    const { what, advice } = errorSentence(t, why);
    return (
      <p className={classes.calm}>
        {what} {advice}
      </p>
    );
  }
  if (!isTroubled(condition)) return dialog;
  return (
    <>
      {why && (
        <ErrorNotice
          error={why}
          tone={needsPerson ? 'bad' : 'late'}
          {...(health === 'disabled' ? { advice: t('health.disabledByConsole') } : {})}
          goesOn={isTriedAgain(state) ? t('health.goesOn') : undefined}
          {...(action ? { action } : {})}
        />
      )}
      {dialog}
    </>
  );
}

/** Answers that wait are; letters only where the mailbox is not loaded by hand alone. */
function isTriedAgain({ mailbox, condition }: MailboxState): boolean {
  const { health, needsPerson } = condition;
  const byItself = !isReceiving(mailbox) || mailbox.settings.loading.automatic;
  return health === 'delayed' && !needsPerson && byItself;
}
