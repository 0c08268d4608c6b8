import { Button } from '@mantine/core';
import { IconFileAlert, IconHourglass } from '@tabler/icons-react';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import classes from './letter-not-parsed.module.css';

export interface LetterNotParsedProps {
  readonly summary: MessageSummary;
  readonly onSource: () => void;
}

/** Says calmly why a letter has no text, and what can be done with it all the same. */
export function LetterNotParsed({ summary, onSource }: LetterNotParsedProps) {
  const t = useText();
  const kind = summary.state === 'stored' ? 'stored' : 'unreadable';
  const Sign = kind === 'stored' ? IconHourglass : IconFileAlert;
  return (
    <div className={classes.notice} role="status">
      <Sign size={28} stroke={1.4} aria-hidden className={classes.sign} />
      <p className={classes.title}>{t(`letter.${kind}.title`)}</p>
      {summary.problem && <p className={classes.text}>{errorSentence(t, summary.problem).what}</p>}
      <p className={classes.text}>{t(`letter.${kind}.text`)}</p>
      <Button variant="default" onClick={onSource}>
        {t('letter.show-source')}
      </Button>
    </div>
  );
}
