import { useState } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { providerSignInOf, type TypedRegistration } from '../mailbox/typed-registration.ts';
import { apart } from './endpoint-fields.tsx';
import { rebased, same } from './typed-settings.ts';

export interface TypedMailbox {
  readonly settings: MailboxSettings;
  readonly password: string;
  readonly outgoingPassword: string;
  /** Of the provider's sign-in: what its settings do not hold. */
  readonly providerSignIn: Pick<TypedRegistration, 'clientSecret' | 'secretOf' | 'signedIn'>;
}

const noSignIn: TypedMailbox['providerSignIn'] = { clientSecret: '', secretOf: null, signedIn: null };

/** What is being typed about a saved mailbox, and whether it differs from what is saved. */
export function useTypedMailbox(mailbox: Mailbox) {
  const untouched = (settings: MailboxSettings): TypedMailbox => ({
    settings,
    password: '',
    outgoingPassword: '',
    providerSignIn: noSignIn,
  });
  const [base, setBase] = useState(mailbox.settings);
  const [typed, setTyped] = useState(untouched(mailbox.settings));
  /** Saved by this form; the list that is read again will have it in a moment. */
  const [settled, setSettled] = useState<MailboxSettings | null>(null);
  // Saved meanwhile from elsewhere: taken over while it is drawn, before anyone sees the old state.
  if (!same(base, mailbox.settings)) {
    setBase(mailbox.settings);
    setSettled(null);
    setTyped({ ...typed, settings: rebased(typed.settings, base, mailbox.settings) });
  }
  return {
    typed,
    setTyped,
    changed: !same(typed, untouched(settled ?? mailbox.settings)),
    discard: () => setTyped(untouched(mailbox.settings)),
    /** Saved: what was typed is what there is. */
    settle: (settings: MailboxSettings) => {
      setSettled(settings);
      setTyped(untouched(settings));
    },
  };
}

export function draftOf(
  mailbox: Mailbox,
  { settings, password, outgoingPassword, providerSignIn }: TypedMailbox,
): MailboxDraft {
  const { incoming, outgoing } = settings;
  return {
    settings: { ...settings, incoming: incoming && apart(incoming), outgoing: outgoing && apart(outgoing) },
    password: password || null,
    outgoingPassword: outgoingPassword || null,
    mailboxId: mailbox.id,
    ...(settings.oauth ? providerSignInOf(providerSignIn) : {}),
  };
}
