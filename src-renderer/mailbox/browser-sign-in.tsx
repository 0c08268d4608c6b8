import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { TypedRegistration } from './typed-registration.ts';

export interface BrowserSignInProps {
  /** What is signed in to; null while something is missing. */
  readonly draft: MailboxDraft | null;
  readonly signedIn: TypedRegistration['signedIn'];
  readonly onSignedIn: (done: NonNullable<TypedRegistration['signedIn']>) => void;
  /** Asked for, with something still missing. */
  readonly onMissing: () => void;
  /** It was asked for by what opened this. */
  readonly atOnce?: boolean;
}

/** Opens the provider's page in the system's browser, waits for the person, says who it was. */
export function BrowserSignIn({ draft, signedIn, onSignedIn, onMissing, atOnce = false }: BrowserSignInProps) {
  const t = useText();
  const signIn = useAction('mailboxes.signIn', { cancelOnLeave: true, onSuccess: onSignedIn });
  const start = () => (draft ? signIn.run({ draft }) : onMissing());
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
          {signedIn && (
            <Text fz={13} role="status">
              <IconCheck size={14} aria-hidden />{' '}
              {signedIn.account ? t('providerSignIn.doneAs', { account: signedIn.account }) : t('providerSignIn.done')}
            </Text>
          )}
        </Group>
      )}
      {signIn.error && !signIn.pending && <ErrorNotice error={signIn.error} />}
    </Stack>
  );
}
