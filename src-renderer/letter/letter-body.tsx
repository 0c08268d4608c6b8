import { useMemo, useState } from 'react';
import { longestHtml } from '../../src-shared/domain/longest-html.ts';
import type { Letter } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './letter-body.module.css';
import { LetterFrame } from './letter-frame.tsx';
import { LinksButton } from './links-button.tsx';
import { PlainText } from './plain-text.tsx';
import { RemotePicturesBar } from './remote-pictures-bar.tsx';
import { sanitizeLetter } from './sanitize-letter.ts';

/** The HTML of a letter in its frame, with what stayed outside: remote pictures and links. */
export function LetterBody({ letter }: { readonly letter: Letter }) {
  const t = useText();
  const html = letter.html ?? '';
  if (html.length > longestHtml) {
    return (
      <div className={classes.tooLong}>
        <p className={classes.quiet}>{t('letter.too-long')}</p>
        <PlainText text={letter.text} />
      </div>
    );
  }
  return <FramedLetter letter={letter} html={html} />;
}

const noPictures = {};

function FramedLetter({ letter, html }: { readonly letter: Letter; readonly html: string }) {
  const [remote, setRemote] = useState<Readonly<Record<string, string>>>(noPictures);
  const inline = useQuery(
    'mail.inlinePictures',
    { messageId: letter.summary.id },
    { enabled: /cid:/i.test(html) && letter.summary.state === 'parsed' },
  );
  const clean = useMemo(
    () => sanitizeLetter(html, { inline: inline.data ?? noPictures, remote }),
    [html, inline.data, remote],
  );
  return (
    <>
      {(clean.remotePictures.length > 0 || clean.links.length > 0) && (
        <div className={classes.outside}>
          <RemotePicturesBar urls={clean.remotePictures} onShow={(fetched) => setRemote({ ...remote, ...fetched })} />
          <LinksButton links={clean.links} />
        </div>
      )}
      {inline.error && (
        <div className={classes.notice}>
          <ErrorNotice error={inline.error} tone="late" />
        </div>
      )}
      <LetterFrame letter={clean} />
    </>
  );
}
