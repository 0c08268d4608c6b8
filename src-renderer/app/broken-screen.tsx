import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useText } from '../i18n/i18n.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Page } from '../ui/page.tsx';

/** A fault of ours on one screen. The frame around it lives on. */
export function BrokenScreen({ error, reset }: ErrorComponentProps) {
  const t = useText();
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    <Page width="text">
      <Stack gap="md" align="flex-start" pt={48} role="alert">
        <Title order={1}>{t('broken.title')}</Title>
        <Text>{t('broken.lead')}</Text>
        <Group gap="sm">
          <Button onClick={reset}>{t('broken.reopen')}</Button>
          <CopyButton value={details} />
        </Group>
      </Stack>
    </Page>
  );
}
