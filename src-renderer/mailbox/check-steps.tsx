import { Loader } from '@mantine/core';
import { IconCheck, IconCircleDotted, IconX } from '@tabler/icons-react';
import type { CheckStep, CheckStepName, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import {
  type IncomingEndpoint,
  isOverHttp,
  type MailboxSettings,
  type OutgoingEndpoint,
} from '../../src-shared/domain/mailbox.ts';
import { isSameServer } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './check-steps.module.css';
import { FindingNotice } from './finding-notice.tsx';

/** The steps a check of these settings walks through, in order. */
export function plannedSteps({ incoming, outgoing }: MailboxSettings): readonly CheckStepName[] {
  return [...(incoming ? receivingSteps(incoming) : []), ...(outgoing ? sendingSteps(outgoing, incoming) : [])];
}

function receivingSteps({ encryption, protocol }: IncomingEndpoint): readonly CheckStepName[] {
  return [
    'resolve',
    'connect',
    ...(encryption === 'none' ? [] : (['encrypt'] as const)),
    // Over HTTP nobody speaks before he is asked.
    ...(isOverHttp(protocol) ? [] : (['greet'] as const)),
    'sign-in',
    'list-folders',
    'read-letter',
  ];
}

function sendingSteps(outgoing: OutgoingEndpoint, incoming: IncomingEndpoint | null): readonly CheckStepName[] {
  if (incoming && isSameServer(incoming, outgoing)) return [];
  return [
    'smtp-resolve',
    'smtp-connect',
    ...(outgoing.encryption === 'none' ? [] : (['smtp-encrypt'] as const)),
    ...(isOverHttp(outgoing.protocol) ? [] : (['smtp-greet'] as const)),
    ...(outgoing.signIn === 'none' ? [] : (['smtp-sign-in'] as const)),
  ];
}

export interface CheckStepsProps {
  readonly planned: readonly CheckStepName[];
  /** Null while it runs. */
  readonly check: ConnectionCheck | null;
  /** Those that have ended while it runs. */
  readonly live?: readonly CheckStep[];
}

/** Each step by name, as it ends, with its time and what was seen; one that tells something is open. */
export function CheckSteps({ planned, check, live = [] }: CheckStepsProps) {
  const t = useText();
  const rows = check ? check.steps.map((step): Row => ({ step, name: step.name })) : rowsWhileRunning(planned, live);
  return (
    <ol className={classes.steps} aria-label={t('check.steps')} aria-busy={check === null}>
      {rows.map((row) => (
        <StepRow key={row.name} row={row} />
      ))}
    </ol>
  );
}

interface Row {
  readonly name: CheckStepName;
  readonly step: CheckStep | null;
  readonly active?: boolean;
}

/** A letter to oneself comes after both. */
const isSending = (name: CheckStepName): boolean =>
  name.startsWith('smtp-') || (name.endsWith('-letter') && name !== 'read-letter');

/** Both directions run at once, each at its first step that has not ended; after a failure a direction has no more. */
function rowsWhileRunning(planned: readonly CheckStepName[], live: readonly CheckStep[]): readonly Row[] {
  const done = new Map(live.map((step) => [step.name, step]));
  const over = (sending: boolean) => live.some((step) => step.problem !== null && isSending(step.name) === sending);
  const names = [...planned, ...live.map(({ name }) => name).filter((name) => !planned.includes(name))];
  const waiting = names.filter((name) => !done.has(name) && !over(isSending(name)));
  const active = [false, true].map((sending) => waiting.find((name) => isSending(name) === sending));
  // With STARTTLS the greeting comes first: what has ended stands in the order in which it did.
  const ended = (sending: boolean) => live.filter(({ name }) => isSending(name) === sending).map(({ name }) => name);
  const open = (sending: boolean) => names.filter((name) => isSending(name) === sending && !done.has(name));
  return [...ended(false), ...open(false), ...ended(true), ...open(true)].map((name) => ({
    name,
    step: done.get(name) ?? null,
    active: active.includes(name),
  }));
}

function StepRow({ row: { name, step, active } }: { readonly row: Row }) {
  const t = useText();
  const format = useFormats();
  const state = step ? (step.problem ? 'bad' : 'good') : 'waiting';
  return (
    <li className={classes.item}>
      <div className={classes.step} data-state={state}>
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
        <span className={classes.name}>{t(`check.step.${name}`)}</span>
        <span className={classes.seen} title={step?.seen}>
          {step?.seen}
        </span>
        <span className={classes.time}>{step ? format.duration(step.milliseconds) : ''}</span>
      </div>
      {step?.finding && <FindingNotice finding={step.finding} tone={step.problem ? 'bad' : 'late'} />}
    </li>
  );
}
