import { Button, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../i18n/i18n.tsx';
import classes from './add-mailbox.module.css';

export interface StepFrameProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Null on the first step. */
  readonly onBack: (() => void) | null;
  /** Enter or the button; null while there is nothing to go on to. */
  readonly onNext: (() => void) | null;
  readonly nextLabel?: string;
  /** It destroys something: the button is red. */
  readonly danger?: boolean;
  readonly pending?: boolean;
}

/** One question: its first field has the focus, Enter goes on, Back never loses. */
export function StepFrame(props: StepFrameProps) {
  const { title, lead, children, onBack, onNext, nextLabel, danger = false, pending = false } = props;
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  const ready = onNext !== null && !pending;
  useEffect(() => {
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    const first = find('input[type="radio"]:checked, input:not([type="checkbox"], [type="radio"])');
    // Named, it goes before a choice that stands above it.
    (find('[data-first-field]') ?? first)?.focus();
  }, []);
  // A step without fields: Enter goes on as soon as there is something to go on to.
  useEffect(() => {
    const nothingFocused = document.activeElement === null || document.activeElement === document.body;
    if (ready && nothingFocused) form.current?.querySelector<HTMLElement>('button[type="submit"]')?.focus();
  }, [ready]);
  return (
    <form
      ref={form}
      className={classes.step}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onNext();
      }}
    >
      <Title order={2} fz={20} lh="28px" className={classes.question}>
        {title}
      </Title>
      {lead && <p className={classes.lead}>{lead}</p>}
      <div className={classes.fields}>{children}</div>
      <div className={classes.foot}>
        {onBack && (
          <Button variant="default" onClick={onBack}>
            {t('action.back')}
          </Button>
        )}
        <Button
          type="submit"
          loading={pending}
          disabled={onNext === null}
          ml="auto"
          {...(danger ? { color: 'red.8' } : {})}
        >
          {nextLabel ?? t('action.next')}
        </Button>
      </div>
    </form>
  );
}

/** What every step gets. */
export interface StepProps<W> {
  readonly wizard: W;
  readonly onChange: (next: W) => void;
  readonly onBack: () => void;
}
