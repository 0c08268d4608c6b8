import { Button } from '@mantine/core';
import { IconFileAlert, IconHourglass, IconWeight } from '@tabler/icons-react';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './letter-not-parsed.module.css';

export interface LetterNotParsedProps {
  readonly summary: MessageSummary;
  readonly onSource: () => void;
}

const signs = { stored: IconHourglass, unreadable: IconFileAlert, 'too-large': IconWeight } as const;

/** Says calmly why a letter has no text, and what can be done with it all the same. */
export function LetterNotParsed({ summary, onSource }: LetterNotParsedProps) {
  const t = useText();
  const format = useFormats();
  const kind = summary.state === 'parsed' ? 'unreadable' : summary.state;
  const Sign = signs[kind];
  return (
    <div className={classes.notice} role="status">
      <Sign size={28} stroke={1.4} aria-hidden className={classes.sign} />
      <p className={classes.title}>{t(`letter.${kind}.title`)}</p>
      {summary.problem && <p className={classes.text}>{errorSentence(t, summary.problem).what}</p>}
      <p className={classes.text}>{t(`letter.${kind}.text`, { size: format.byteSize(summary.size) })}</p>
      <Button variant="default" onClick={onSource}>
        {t('letter.show-source')}
      </Button>
    </div>
  );
}
