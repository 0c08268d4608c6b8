import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { letterDocument } from './letter-document.ts';
import classes from './letter-frame.module.css';
import type { CleanLetter } from './sanitize-letter.ts';

/** The only frame of the program. `sandbox=""`: no script, no form, no origin, no way up. */
export function LetterFrame({ letter }: { readonly letter: CleanLetter }) {
  const t = useText();
  const scheme = useComputedColorScheme('light');
  const document = useMemo(() => letterDocument(letter, scheme), [letter, scheme]);
  return (
    <iframe
      className={classes.frame}
      title={t('letter.frame')}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={document}
    />
  );
}
