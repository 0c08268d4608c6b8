import { Center, Loader, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { StartupProblem } from './startup-problem.tsx';

/** Shows the console once its profile is open; until then, that it is being opened, or why it could not be. */
export function StartupGate({ children }: { readonly children: ReactNode }) {
  const t = useText();
  const startup = useQuery('console.startup');
  if (startup.data?.problem) return <StartupProblem problem={startup.data.problem} vault={startup.data.vault} />;
  if (startup.data) return children;
  return (
    <Center h="100vh" role="status">
      <Stack align="center" gap="sm">
        <Loader size="sm" />
        <Text size="sm" c="dimmed">
          {t('startup.opening')}
        </Text>
      </Stack>
    </Center>
  );
}
