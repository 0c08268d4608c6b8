import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './letter-raw.module.css';

/** One part of the source at a time: 40 MB of text in one element would stop the window. */
const partLength = 100_000;

export function LetterSource({ messageId }: { readonly messageId: MessageId }) {
  const t = useText();
  const [offset, setOffset] = useState(0);
  const source = useQuery('mail.source', { messageId, offset, limit: partLength }, { keepPrevious: true });
  if (source.error) return <ErrorNotice error={source.error} />;
  if (!source.data) return <Skeleton height={240} m="lg" width="auto" />;
  const { text, totalBytes } = source.data;
  const end = Math.min(totalBytes, offset + partLength);
  return (
    <>
      {totalBytes > partLength && (
        <div className={classes.parts}>
          <span>{t('letter.source.part', { from: offset + 1, to: end, total: totalBytes })}</span>
          <Button
            size="xs"
            variant="default"
            disabled={offset === 0}
            onClick={() => setOffset(Math.max(0, offset - partLength))}
          >
            {t('letter.source.earlier')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={text.length < partLength}
            onClick={() => setOffset(offset + partLength)}
          >
            {t('letter.source.later')}
          </Button>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('letter.source.text')}>
        <pre className={classes.source}>{text}</pre>
      </section>
    </>
  );
}
