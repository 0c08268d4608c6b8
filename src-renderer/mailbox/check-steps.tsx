import { Loader } from '@mantine/core';
import { IconCheck, IconCircleDotted, IconX } from '@tabler/icons-react';
import type { CheckStep, CheckStepName, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './check-steps.module.css';

/** The steps a check of these settings walks through, in order. */
export function plannedSteps({ incoming, outgoing }: MailboxSettings): readonly CheckStepName[] {
  return [
    'resolve',
    'connect',
    ...(incoming.encryption === 'none' ? [] : (['encrypt'] as const)),
    'greet',
    'sign-in',
    'list-folders',
    ...(outgoing
      ? ([
          'smtp-connect',
          ...(outgoing.encryption === 'none' ? [] : (['smtp-encrypt'] as const)),
          ...(outgoing.signIn === 'none' ? [] : (['smtp-sign-in'] as const)),
        ] as const)
      : []),
  ];
}

export interface CheckStepsProps {
  readonly planned: readonly CheckStepName[];
  /** Null while it runs. */
  readonly check: ConnectionCheck | null;
}

/** Each step by name, with its time and what was seen. */
export function CheckSteps({ planned, check }: CheckStepsProps) {
  const t = useText();
  const rows: readonly Row[] = check ? check.steps : planned.map((name) => ({ name }));
  return (
    <ol className={classes.steps} aria-label={t('check.steps')} aria-busy={check === null}>
      {rows.map((row, at) => (
        <StepRow key={row.name} row={row} active={check === null && at === 0} />
      ))}
    </ol>
  );
}

type Row = CheckStep | { readonly name: CheckStepName };

function StepRow({ row, active }: { readonly row: Row; readonly active: boolean }) {
  const t = useText();
  const format = useFormats();
  const step = 'milliseconds' in row ? row : null;
  const state = step ? (step.problem ? 'bad' : 'good') : 'waiting';
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.sign}>
        {state === 'good' && <IconCheck size={16} stroke={2.2} aria-label={t('check.stepGood')} />}
        {state === 'bad' && <IconX size={16} stroke={2.2} aria-label={t('check.stepBad')} />}
        {state === 'waiting' &&
          (active ? (
            <Loader size={14} aria-label={t('reading')} />
          ) : (
            <IconCircleDotted size={16} aria-label={t('check.stepWaiting')} />
          ))}
      </span>
      <span className={classes.name}>{t(`check.step.${row.name}`)}</span>
      <span className={classes.seen}>{step?.seen}</span>
      <span className={classes.time}>{step ? format.duration(step.milliseconds) : ''}</span>
    </li>
  );
}
