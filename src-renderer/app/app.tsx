import { MantineProvider, MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { nearestLanguage } from '../../src-shared/i18n/i18n.ts';
import { TextProvider, useText } from '../i18n/i18n.tsx';
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
  const language = settings?.language ?? nearestLanguage(navigator.language);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      deduplicateCssVariables={false}
      env={env}
      {...forced}
    >
      <TextProvider language={language}>
        <NamedParts>
          <ShownKeysProvider>
            {children}
            {/* Where no screen has its buttons: heads have theirs at the top right, letters and wizards at the bottom right. */}
            <Notifications position="bottom-left" autoClose={8000} />
          </ShownKeysProvider>
        </NamedParts>
      </TextProvider>
    </MantineProvider>
  );
}

/** Names for the parts that the component library draws by itself: every dialog and notice has a close button. */
function NamedParts({ children }: { readonly children: ReactNode }) {
  const t = useText();
  const close = t('action.close');
  const named = useMemo(() => ({ components: { CloseButton: { defaultProps: { 'aria-label': close } } } }), [close]);
  return <MantineThemeProvider theme={named}>{children}</MantineThemeProvider>;
}
