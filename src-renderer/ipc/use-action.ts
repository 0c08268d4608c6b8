import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { type AppInput, type AppMethod, type AppOutput, call, type InputArguments } from './ipc.ts';

export interface ActionOptions<N extends AppMethod> {
  readonly onSuccess?: (value: AppOutput<N>, input: AppInput<N>) => void;
  readonly onError?: (error: AppError) => void;
  /** Cancel a call that still runs when the component leaves: for looks at a server, not for changes. */
  readonly cancelOnLeave?: boolean;
}

export interface Action<N extends AppMethod> {
  /** Starts it; the outcome is in the fields below and in the callbacks. */
  readonly run: (...input: InputArguments<N>) => void;
  /** Starts it and gives the outcome; rejects with the AppError. */
  readonly runNow: (...input: InputArguments<N>) => Promise<AppOutput<N>>;
  readonly cancel: () => void;
  readonly reset: () => void;
  readonly pending: boolean;
  /** Null also when it was cancelled: that is not a failure. */
  readonly error: AppError | null;
  readonly value: AppOutput<N> | undefined;
  /** What it was last started with. */
  readonly input: AppInput<N> | undefined;
}

/** A write, or a look that a person asks for. What it changes comes back as events, so nothing is patched here. */
export function useAction<N extends AppMethod>(name: N, options: ActionOptions<N> = {}): Action<N> {
  const controller = useRef<AbortController | null>(null);
  const mutation = useMutation<AppOutput<N>, AppError, AppInput<N>>({
    mutationFn: (input) => {
      controller.current?.abort();
      controller.current = new AbortController();
      return call(name, input, controller.current.signal);
    },
    onSuccess: (value, input) => options.onSuccess?.(value, input),
    onError: (error) => {
      if (!isAppError(error, 'cancelled')) options.onError?.(error);
    },
  });
  const cancel = useCallback(() => controller.current?.abort(), []);
  const cancelOnLeave = options.cancelOnLeave ?? false;
  useEffect(() => (cancelOnLeave ? () => controller.current?.abort() : undefined), [cancelOnLeave]);

  const { mutate, mutateAsync, reset } = mutation;
  const run = useCallback((...input: InputArguments<N>) => mutate(input[0] as AppInput<N>), [mutate]);
  const runNow = useCallback((...input: InputArguments<N>) => mutateAsync(input[0] as AppInput<N>), [mutateAsync]);
  return {
    run,
    runNow,
    cancel,
    reset,
    pending: mutation.isPending,
    error: isAppError(mutation.error, 'cancelled') ? null : mutation.error,
    value: mutation.data,
    input: mutation.variables,
  };
}
