import { Button, Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { AppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { CopyButton } from './copy-button.tsx';
import classes from './error-notice.module.css';

export interface ErrorNoticeProps {
  readonly error: AppError | WireError;
  /** The one button that does what the advice says. */
  readonly action?: { readonly label: string; readonly run: () => void; readonly pending?: boolean };
  /** More than code and values, word for word: what the server said, the step that failed. */
  readonly details?: string;
  /** Instead of the usual advice, where that does not fit the place. */
  readonly advice?: string;
  /** Behind the advice: what happens without anybody. */
  readonly goesOn?: string | undefined;
  /** `late` where the program goes on by itself. */
  readonly tone?: 'bad' | 'late';
}

/** What happened, why, what to do; one button that does it; details folded and copyable. */
export function ErrorNotice({ error, action, details, advice: otherAdvice, goesOn, tone = 'bad' }: ErrorNoticeProps) {
  const t = useText();
  const wire = error instanceof AppError ? toWire(error) : error;
  const { what, advice } = errorSentence(t, wire);
  return (
    <div className={classes.notice} data-tone={tone} role="alert">
      <IconAlertTriangle className={classes.sign} size={18} aria-hidden />
      <div className={classes.body}>
        <p className={classes.what}>{what}</p>
        <p className={classes.advice}>{[otherAdvice ?? advice, goesOn].filter(Boolean).join(' ')}</p>
        <div className={classes.foot}>
          {action && (
            <Button size="xs" variant="default" onClick={action.run} loading={action.pending ?? false}>
              {action.label}
            </Button>
          )}
          <Details text={[detailLine(wire), details].filter(Boolean).join('\n')} />
        </div>
      </div>
    </div>
  );
}

function detailLine({ code, params }: WireError): string {
  return [code, ...Object.entries(params).map(([name, value]) => `${name}: ${value}`)].join('\n');
}

function Details({ text }: { readonly text: string }) {
  const t = useText();
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div className={classes.details}>
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={open}>
        <IconChevronRight size={14} aria-hidden data-open={open || undefined} className={classes.chevron} />
        {t('error.details')}
      </UnstyledButton>
      <Collapse expanded={open}>
        <div className={classes.detailBox}>
          <pre className={classes.pre}>{text}</pre>
          <CopyButton value={text} />
        </div>
      </Collapse>
    </div>
  );
}
