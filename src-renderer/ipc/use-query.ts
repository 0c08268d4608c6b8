import { keepPreviousData, type UseQueryResult, useQuery as useTanstackQuery } from '@tanstack/react-query';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { type AppInput, type AppMethod, type AppOutput, call } from './ipc.ts';

export interface QueryOptions {
  /** False: do not ask yet. */
  readonly enabled?: boolean;
  /** Show what was read for the last input until the new one has come: nothing jumps. */
  readonly keepPrevious?: boolean;
  /** Ask again each time the screen is opened: for reads that no event makes stale. */
  readonly alwaysFresh?: boolean;
}

type QueryArguments<N extends AppMethod> =
  undefined extends AppInput<N>
    ? readonly [input?: undefined, options?: QueryOptions]
    : readonly [input: AppInput<N>, options?: QueryOptions];

/** Method and input are the cache key; events find their reads by the method's name. */
export function queryKey<N extends AppMethod>(name: N, input?: AppInput<N>): readonly unknown[] {
  return input === undefined ? [name] : [name, input];
}

/** A read. The answer is kept until an event makes it stale; leaving the screen cancels one that still runs. */
export function useQuery<N extends AppMethod>(
  name: N,
  ...rest: QueryArguments<N>
): UseQueryResult<AppOutput<N>, AppError> {
  const [input, options = {}] = rest as readonly [AppInput<N>, QueryOptions | undefined];
  return useTanstackQuery<AppOutput<N>, AppError>({
    queryKey: queryKey(name, input),
    // A read without a value is still an answer: the library refuses `undefined`.
    queryFn: async ({ signal }) => ((await call(name, input, signal)) ?? null) as AppOutput<N>,
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(options.alwaysFresh ? { staleTime: 0 } : {}),
  } as Parameters<typeof useTanstackQuery<AppOutput<N>, AppError>>[0]);
}
