import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { mailUsesOf } from '../../src-shared/domain/mail-uses.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { isAnotherAccount } from '../../src-shared/domain/opened-mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { AccountQuestion } from './account-question.tsx';
import { sharesMailboxes, type TypedRegistration } from './typed-registration.ts';

type Done = NonNullable<TypedRegistration['signedIn']>;

export interface BrowserSignInProps {
  /** What is signed in to; null while something is missing. */
  readonly draft: MailboxDraft | null;
  readonly signedIn: TypedRegistration['signedIn'];
  /** `signInAs`: who signs in for the mailbox, which may have been found out by the sign-in. */
  readonly onSignedIn: (done: Done, signInAs: string) => void;
  /** Asked for, with something still missing. */
  readonly onMissing: () => void;
  /** It was asked for by what opened this. */
  readonly atOnce?: boolean;
}

/** A sign-in by another account than was expected, which nobody has until it is said what it means. */
interface Held {
  readonly done: Done;
  readonly account: string;
  readonly asked: MailboxDraft;
  /** What stood on the page then. */
  readonly typed: string;
}

/** Opens the provider's page in the system's browser, waits for the person, says who it was, and asks where it was somebody else. */
export function BrowserSignIn({ draft, signedIn, onSignedIn, onMissing, atOnce = false }: BrowserSignInProps) {
  const t = useText();
  const [held, setHeld] = useState<Held | null>(null);
  const asked = useRef<MailboxDraft | null>(null);
  const keep = (done: Done, { settings }: MailboxDraft) => {
    setHeld(null);
    onSignedIn(done, settings.oauth?.signInAs ?? '');
  };
  const signIn = useAction('mailboxes.signIn', {
    cancelOnLeave: true,
    onSuccess: (done) => {
      const { account } = done;
      if (asked.current === null) return;
      if (!isAnotherAccount(account, asked.current.settings)) keep(done, asked.current);
      else setHeld({ done, account, asked: asked.current, typed: connectionIn(draft) });
    },
  });
  const ask = (next: MailboxDraft) => {
    asked.current = next;
    setHeld(null);
    signIn.run({ draft: next });
  };
  const start = () => (draft ? ask(draft) : onMissing());
  const question = held !== null && !signIn.pending && held.typed === connectionIn(draft) ? held : null;
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens; later sign-ins are asked for by a click.
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    start();
  }, []);
  return (
    <Stack gap="sm">
      {signIn.pending ? (
        <Group gap="sm" role="status">
          <Loader size={16} />
          <Text fz={13}>{t('providerSignIn.waiting')}</Text>
          <Button size="xs" variant="default" onClick={signIn.cancel}>
            {t('action.cancel')}
          </Button>
        </Group>
      ) : (
        <Group gap="sm">
          <Button
            variant={signedIn ? 'default' : 'filled'}
            leftSection={<IconExternalLink size={16} aria-hidden />}
            onClick={start}
          >
            {t(signedIn ? 'providerSignIn.startAgain' : 'providerSignIn.start')}
          </Button>
          {signedIn && question === null && (
            <Text fz={13} role="status">
              <IconCheck size={14} aria-hidden />{' '}
              {signedIn.account ? t('providerSignIn.doneAs', { account: signedIn.account }) : t('providerSignIn.done')}
            </Text>
          )}
        </Group>
      )}
      {question && <Question held={question} onKeep={keep} onAsk={ask} onAnew={start} />}
      {signIn.error && !signIn.pending && <ErrorNotice error={signIn.error} />}
    </Stack>
  );
}

interface QuestionProps {
  readonly held: Held;
  readonly onKeep: (done: Done, draft: MailboxDraft) => void;
  readonly onAsk: (draft: MailboxDraft) => void;
  readonly onAnew: () => void;
}

function Question({ held: { done, account, asked }, onKeep, onAsk, onAnew }: QuestionProps) {
  const { settings } = asked;
  const { oauth } = settings;
  if (oauth === null) return null;
  const shared = { ...asked, settings: { ...settings, oauth: { ...oauth, signInAs: account } } };
  // What was allowed is not enough for another's mailbox: with this sign-in nothing would be loaded.
  const asksAgain = usesIn(shared.settings) !== usesIn(settings);
  return (
    <AccountQuestion
      account={account}
      address={settings.address}
      expected={oauth.signInAs.toLowerCase() === settings.address.toLowerCase() ? '' : oauth.signInAs}
      onShared={sharesMailboxes.has(oauth.authority) ? () => (asksAgain ? onAsk(shared) : onKeep(done, shared)) : null}
      asksAgain={asksAgain}
      onSame={() => onKeep(done, asked)}
      onAnew={onAnew}
    />
  );
}

const usesIn = (settings: MailboxSettings): string => mailUsesOf(settings).join(' ');

/** Typed otherwise meanwhile, the question is another one. */
function connectionIn(draft: MailboxDraft | null): string {
  const { address, incoming, outgoing, oauth } = draft?.settings ?? {};
  return JSON.stringify([address, incoming, outgoing, oauth]);
}
