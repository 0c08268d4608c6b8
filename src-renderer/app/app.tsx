import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { nearestLanguage } from '../../src-shared/i18n/i18n.ts';
import { TextProvider } from '../i18n/i18n.tsx';
import { createQueryClient } from '../ipc/query-client.ts';
import { refreshOnEvents } from '../ipc/refresh-on-event.ts';
import { useQuery } from '../ipc/use-query.ts';
import { StartupGate } from '../startup/startup-gate.tsx';
import { ShownKeysProvider } from '../ui/shown-keys.tsx';
import { type AppRouter, createAppRouter } from './routes.tsx';
import { cssVariables, theme } from './theme.ts';

export interface AppProps {
  /** Tests hand in their own. */
  readonly router?: AppRouter;
  readonly queries?: QueryClient;
  readonly env?: 'default' | 'test';
}

/** The whole page: providers, then the frame with the screen of the address. */
export function App({ router: givenRouter, queries: givenQueries, env = 'default' }: AppProps) {
  const [queries] = useState(() => givenQueries ?? createQueryClient());
  const [router] = useState(() => givenRouter ?? createAppRouter());
  useEffect(() => refreshOnEvents(queries), [queries]);
  return (
    <QueryClientProvider client={queries}>
      <Appearance env={env}>
        <StartupGate>
          <RouterProvider router={router} />
        </StartupGate>
      </Appearance>
    </QueryClientProvider>
  );
}

/** Language and theme as set; as the system has them until the settings are known. */
function Appearance({ env, children }: { readonly env: 'default' | 'test'; readonly children: ReactNode }) {
  const startup = useQuery('console.startup');
  const { data: settings } = useQuery('settings.get', undefined, { enabled: startup.data?.problem === null });
  const forced = settings && settings.theme !== 'system' ? { forceColorScheme: settings.theme } : {};
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      deduplicateCssVariables={false}
      env={env}
      {...forced}
    >
      <TextProvider language={settings?.language ?? nearestLanguage(navigator.language)}>
        <ShownKeysProvider>
          {children}
          <Notifications position="top-right" autoClose={8000} />
        </ShownKeysProvider>
      </TextProvider>
    </MantineProvider>
  );
}
