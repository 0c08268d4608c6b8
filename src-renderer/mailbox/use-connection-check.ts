import { useEffect, useRef, useState } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { CheckStep, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { subscribe } from '../ipc/ipc.ts';
import { useAction } from '../ipc/use-action.ts';

export interface CheckWishes {
  readonly writeFlag?: boolean;
  readonly sendLetter?: boolean;
}

export interface RunningCheck {
  readonly run: (draft: MailboxDraft, wishes?: CheckWishes) => void;
  readonly pending: boolean;
  readonly error: AppError | null;
  /** Of the last run, when it has ended. */
  readonly value: ConnectionCheck | undefined;
  /** Those that have ended so far. */
  readonly steps: readonly CheckStep[];
}

/** The steps of a check as they end; other windows hear of them too, so each run has a name of its own. */
export function useCheckSteps(): { readonly steps: readonly CheckStep[]; readonly begin: () => string } {
  const [steps, setSteps] = useState<readonly CheckStep[]>([]);
  const running = useRef('');
  useEffect(
    () =>
      subscribe('mailboxes.checkStep', ({ checkId, step }) => {
        if (checkId === running.current) setSteps((before) => [...before, step]);
      }),
    [],
  );
  return {
    steps,
    begin() {
      running.current = `${Date.now()}-${Math.random()}`;
      setSteps([]);
      return running.current;
    },
  };
}

/** A connection check whose steps appear as they end; called off when the person leaves. */
export function useConnectionCheck(onSuccess?: (check: ConnectionCheck) => void): RunningCheck {
  const { steps, begin } = useCheckSteps();
  const action = useAction('mailboxes.check', { cancelOnLeave: true, ...(onSuccess ? { onSuccess } : {}) });
  return {
    run: (draft, wishes = {}) => action.run({ draft, checkId: begin(), ...wishes }),
    pending: action.pending,
    error: action.error,
    value: action.value,
    steps,
  };
}
