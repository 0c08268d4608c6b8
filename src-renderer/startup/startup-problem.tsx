import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { queryKey } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

interface StartupProblemProps {
  readonly problem: WireError;
  readonly vault: 'keychain' | 'passphrase';
}

/** Codes for which a passphrase is the way on. */
const wantsPassphrase: readonly string[] = ['vault.passphrase-needed', 'vault.wrong-passphrase'];

/** The start failed: why, what to do, and the ways on. Nothing of the profile has been touched. */
export function StartupProblem({ problem, vault }: StartupProblemProps) {
  const t = useText();
  const queries = useQueryClient();
  const open = useAction('console.open', {
    onSuccess: (outcome) => void queries.setQueryData(queryKey('console.startup'), outcome),
  });
  const [choosing, setChoosing] = useState(false);
  const unlocking = wantsPassphrase.includes(problem.code);
  // Offered only where no keychain exists: a locked one holds this profile's secrets already.
  const mayChoose = vault === 'keychain' && problem.code === 'vault.unavailable';
  return (
    <Center mih="100vh" p="xl">
      <Stack maw={560} w="100%" gap="lg" component="main">
        <Stack gap={4}>
          <Title order={1}>{t('startup.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('startup.nothing-lost')}
          </Text>
        </Stack>
        <ErrorNotice
          error={problem}
          {...(unlocking
            ? {}
            : {
                action: {
                  label: t('startup.retry'),
                  run: () => open.run({ vault, passphrase: null }),
                  pending: open.pending,
                },
              })}
        />
        {unlocking && (
          <PassphraseForm
            fresh={false}
            pending={open.pending}
            onSubmit={(passphrase) => open.run({ vault: 'passphrase', passphrase })}
          />
        )}
        {mayChoose && !choosing && (
          <Button variant="default" onClick={() => setChoosing(true)} style={{ alignSelf: 'start' }}>
            {t('startup.passphrase.instead')}
          </Button>
        )}
        {mayChoose && choosing && (
          <Stack gap="sm">
            <Text size="sm">{t('startup.passphrase.why')}</Text>
            <PassphraseForm
              fresh
              pending={open.pending}
              onSubmit={(passphrase) => open.run({ vault: 'passphrase', passphrase })}
            />
          </Stack>
        )}
      </Stack>
    </Center>
  );
}
