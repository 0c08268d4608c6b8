import { QueryClient } from '@tanstack/react-query';

/**
 * What was read stays fresh until an event says otherwise (refresh-on-event.ts). The network is the main process's affair:
 * `always` keeps reads and writes running while the computer is offline, which is a normal state here.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
