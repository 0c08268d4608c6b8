import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Page } from '../ui/page.tsx';

export interface StartupScreenProps {
  readonly problem: WireError;
  readonly vault: 'keychain' | 'passphrase';
}

/** The profile could not be opened: why, what to do, another try; a passphrase on purpose where the keychain is the trouble. */
export function StartupScreen({ problem, vault }: StartupScreenProps) {
  const t = useText();
  const queries = useQueryClient();
  const open = useAction('console.open', { onSuccess: () => void queries.invalidateQueries() });
  const form = useForm({ mode: 'uncontrolled', initialValues: { passphrase: '' } });
  const vaultTrouble = problem.code.startsWith('vault.');
  return (
    <Page width="text">
      <Stack gap="lg" pt={64}>
        <Title order={1}>{t('startup.title')}</Title>
        <ErrorNotice
          error={problem}
          {...(vault === 'keychain'
            ? {
                action: {
                  label: t('action.retry'),
                  run: () => open.run({ vault: 'keychain', passphrase: null }),
                  pending: open.pending,
                },
              }
            : {})}
        />
        {vaultTrouble && (
          <Card title={t('startup.passphrase.title')}>
            <form
              onSubmit={form.onSubmit(({ passphrase }) => {
                form.reset();
                open.run({ vault: 'passphrase', passphrase });
              })}
            >
              <Stack gap="md" align="flex-start">
                <Text c="dimmed">{t('startup.passphrase.lead')}</Text>
                <PasswordInput
                  label={t('startup.passphrase.label')}
                  autoComplete="off"
                  w={320}
                  required
                  key={form.key('passphrase')}
                  {...form.getInputProps('passphrase')}
                />
                <Button type="submit" loading={open.pending}>
                  {t('startup.passphrase.open')}
                </Button>
              </Stack>
            </form>
          </Card>
        )}
        {open.error && <ErrorNotice error={open.error} />}
      </Stack>
    </Page>
  );
}
