import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { signsInAtProvider } from '../../src-shared/domain/mailbox.ts';
import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import type { Mend } from '../../src-shared/domain/mailbox-health.ts';
import type { TextKey } from '../../src-shared/i18n/i18n.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import type { MailboxState } from '../ipc/use-mailbox-states.ts';
import { CheckDialog } from './check-dialog.tsx';
import { ProviderSignInDialog } from './provider-sign-in-dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { useErrorNotice } from './use-error-notice.tsx';
import { useLoadNow } from './use-load-now.ts';

const labels: Readonly<Record<Mend, TextKey>> = {
  'sign-in': 'mend.sign-in',
  certificate: 'mend.certificate',
  check: 'mailbox.action.check',
  settings: 'mend.settings',
  enable: 'mailbox.action.enable',
  'try-now': 'mend.try-now',
};

/** The one button that mends what is wrong with a mailbox, and the dialog that it may open. */
export interface MendOffer {
  readonly action: { readonly label: string; readonly run: () => void; readonly pending: boolean } | null;
  readonly dialog: ReactNode;
}

export function useMend({ mailbox, condition }: MailboxState, onOwnPage: boolean): MendOffer {
  const t = useText();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'sign-in' | 'check' | null>(null);
  const tellError = useErrorNotice();
  const { loadNow, pending } = useLoadNow();
  const enable = useAction('mailboxes.setEnabled', { onError: tellError });
  const flush = useAction('outbox.flush', { onError: tellError });
  const { id: mailboxId } = mailbox;
  const runs: Readonly<Record<Mend, () => void>> = {
    'sign-in': () => setOpen('sign-in'),
    certificate: () => setOpen('check'),
    check: () => setOpen('check'),
    settings: () => void navigate({ to: '/mailboxes/$mailboxId', params: { mailboxId } }),
    enable: () => enable.run({ mailboxId, enabled: true }),
    'try-now': () => (isReceiving(mailbox) ? loadNow(mailboxId) : flush.run(undefined)),
  };
  const { mend } = condition;
  const close = () => setOpen(null);
  return {
    action:
      mend === null || (mend === 'settings' && onOwnPage)
        ? null
        : { label: t(labels[mend]), run: runs[mend], pending: pending || enable.pending || flush.pending },
    dialog: (
      <>
        {open === 'sign-in' &&
          (signsInAtProvider(mailbox.settings) ? (
            <ProviderSignInDialog mailbox={mailbox} onClose={close} />
          ) : (
            <SignInDialog mailbox={mailbox} onClose={close} />
          ))}
        {open === 'check' && <CheckDialog mailbox={mailbox} onClose={close} />}
      </>
    ),
  };
}
