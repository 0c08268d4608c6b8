import { Button, Group } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconMinus,
  IconPlayerPause,
  type TablerIcon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { useLoadMissing } from './balance-actions.tsx';
import classes from './story-pane.module.css';
import type { StepTone, StoryStep } from './story-steps.ts';

const signs: Readonly<Record<StepTone, TablerIcon>> = {
  done: IconCheck,
  now: IconClock,
  held: IconPlayerPause,
  bad: IconAlertTriangle,
  off: IconMinus,
};

/** One event of a letter's life: what, when, why, and what can be done about it. */
export function StoryStepLine({ step, entry }: { readonly step: StoryStep; readonly entry: LedgerEntry }) {
  const format = useFormats();
  const { tone, text, at, notes, problem } = step;
  const Sign = signs[tone];
  return (
    <li className={classes.step} data-tone={tone} {...(tone === 'now' ? { 'aria-current': 'step' as const } : {})}>
      <span className={classes.sign} aria-hidden>
        <Sign size={14} stroke={2.2} />
      </span>
      <div className={classes.words}>
        <p className={classes.text}>{text}</p>
        {at !== null && (
          <time className={classes.time} dateTime={new Date(at).toISOString()}>
            {format.longDate(at)}
          </time>
        )}
        {notes.map((note) => (
          <p key={note} className={classes.note}>
            {note}
          </p>
        ))}
        {problem && (
          <div className={classes.problem}>
            <ErrorNotice error={problem} tone={tone === 'bad' ? 'bad' : 'late'} />
          </div>
        )}
        <Offers step={step} entry={entry} />
      </div>
    </li>
  );
}

function Offers({ step, entry }: { readonly step: StoryStep; readonly entry: LedgerEntry }) {
  const t = useText();
  const navigate = useNavigate();
  switch (step.offers) {
    case 'effect':
      return <EffectChoices entry={entry} />;
    case 'load-missing':
      return <LoadMissing entry={entry} />;
    case 'mailbox':
      return (
        <Offer
          label={t('story.openMailbox')}
          run={() => void navigate({ to: '/mailboxes/$mailboxId', params: { mailboxId: entry.mailboxId } })}
        />
      );
    case 'desk': {
      const search = entry.messageId === null ? {} : { letter: entry.messageId };
      return <Offer label={t('story.openDesk')} run={() => void navigate({ to: '/quarantine', search })} />;
    }
    case 'rules':
      return <Offer label={t('story.openRules')} run={() => void navigate({ to: '/rules' })} />;
    default:
      return null;
  }
}

function Offer({ label, run }: { readonly label: string; readonly run: () => void }) {
  return (
    <Button size="xs" variant="default" mt={6} onClick={run}>
      {label}
    </Button>
  );
}

function EffectChoices({ entry: { effect } }: { readonly entry: LedgerEntry }) {
  const t = useText();
  const again = useAction('effects.retry');
  const cancel = useAction('effects.cancel');
  if (!effect) return null;
  const input = { effectIds: [effect.id] };
  const error = again.error ?? cancel.error;
  return (
    <>
      <Group gap="xs" mt={6}>
        {effect.state === 'failed' && (
          <Button size="xs" variant="default" loading={again.pending} onClick={() => again.run(input)}>
            {t('effect.retry')}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="gray" loading={cancel.pending} onClick={() => cancel.run(input)}>
          {t('effect.cancel')}
        </Button>
      </Group>
      {error && <ErrorNotice error={error} />}
    </>
  );
}

function LoadMissing({ entry: { mailboxId } }: { readonly entry: LedgerEntry }) {
  const t = useText();
  const load = useLoadMissing(mailboxId);
  return (
    <>
      <Button size="xs" variant="default" mt={6} loading={load.pending} onClick={load.run}>
        {t('effect.retry')}
      </Button>
      {load.problem && <ErrorNotice error={load.problem} />}
    </>
  );
}
