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

/** A connection check whose steps appear as they end; called off when the person leaves. */
export function useConnectionCheck(onSuccess?: (check: ConnectionCheck) => void): RunningCheck {
  const [steps, setSteps] = useState<readonly CheckStep[]>([]);
  const running = useRef('');
  useEffect(
    () =>
      subscribe('mailboxes.checkStep', ({ checkId, step }) => {
        if (checkId === running.current) setSteps((before) => [...before, step]);
      }),
    [],
  );
  const action = useAction('mailboxes.check', { cancelOnLeave: true, ...(onSuccess ? { onSuccess } : {}) });
  return {
    run(draft, wishes = {}) {
      // Other windows hear of the steps too.
      running.current = `${Date.now()}-${Math.random()}`;
      setSteps([]);
      action.run({ draft, checkId: running.current, ...wishes });
    },
    pending: action.pending,
    error: action.error,
    value: action.value,
    steps,
  };
}
