import { SegmentedControl, Skeleton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Letter } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { LetterBody } from './letter-body.tsx';
import { LetterHead } from './letter-head.tsx';
import { LetterHeaders } from './letter-headers.tsx';
import { LetterMenu } from './letter-menu.tsx';
import { LetterNotParsed } from './letter-not-parsed.tsx';
import { LetterSource } from './letter-source.tsx';
import classes from './letter-view.module.css';
import { PlainText } from './plain-text.tsx';

export interface LetterViewProps {
  readonly messageId: MessageId;
  /** Buttons of the screen that shows it, beside the subject. */
  readonly actions?: (letter: Letter) => ReactNode;
  /** Between the head and the text: the conversation. */
  readonly aside?: ReactNode;
  /** A letter without text opens at what there is of it, where the screen itself says why. */
  readonly explained?: boolean;
}

type View = 'html' | 'text' | 'headers' | 'source';

/** The one component that shows mail, wherever it is shown. */
export function LetterView({ messageId, actions, aside, explained = false }: LetterViewProps) {
  const letter = useQuery('mail.letter', { messageId });
  if (letter.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={letter.error} />
      </div>
    );
  }
  if (!letter.data) return <LetterSkeleton />;
  return (
    <LoadedLetter
      key={messageId}
      letter={letter.data}
      actions={actions?.(letter.data)}
      aside={aside}
      explained={explained}
    />
  );
}

interface LoadedLetterProps {
  readonly letter: Letter;
  readonly actions: ReactNode;
  readonly aside: ReactNode;
  readonly explained: boolean;
}

function LoadedLetter({ letter, actions, aside, explained }: LoadedLetterProps) {
  const t = useText();
  const views = viewsOf(letter, explained);
  const [chosen, choose] = useState<View | null>(null);
  const view = chosen !== null && views.includes(chosen) ? chosen : (views[0] ?? 'source');
  return (
    <article className={classes.letter} aria-label={letter.summary.subject || t('mail.no-subject')}>
      <LetterHead letter={letter} actions={actions} />
      <AttachmentList messageId={letter.summary.id} attachments={letter.attachments} />
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          value={view}
          onChange={(value) => choose(value as View)}
          data={views.map((value) => ({ value, label: t(`letter.view.${value}`) }))}
          aria-label={t('letter.view')}
        />
        <LetterMenu messageId={letter.summary.id} />
      </div>
      {aside}
      <div className={classes.body}>
        {view === 'html' && <LetterBody letter={letter} />}
        {view === 'text' && <TextOf letter={letter} onSource={() => choose('source')} />}
        {view === 'headers' && <LetterHeaders messageId={letter.summary.id} />}
        {view === 'source' && <LetterSource messageId={letter.summary.id} />}
      </div>
    </article>
  );
}

function viewsOf(letter: Letter, explained: boolean): readonly View[] {
  const { state } = letter.summary;
  if (state === 'too-large') return explained ? ['headers', 'source'] : ['text', 'headers', 'source'];
  if (state === 'unreadable' && explained) return ['source', 'text'];
  if (state !== 'parsed') return ['text', 'source'];
  return letter.html === null ? ['text', 'headers', 'source'] : ['html', 'text', 'headers', 'source'];
}

function TextOf({ letter, onSource }: { readonly letter: Letter; readonly onSource: () => void }) {
  const t = useText();
  if (letter.summary.state !== 'parsed') return <LetterNotParsed summary={letter.summary} onSource={onSource} />;
  if (letter.text.trim() === '') return <p className={classes.quiet}>{t('letter.no-text')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={t('letter.frame')}>
      <PlainText text={letter.text} />
    </section>
  );
}

/** Of the loaded letter's own measures. */
function LetterSkeleton() {
  const t = useText();
  return (
    <div className={classes.skeleton} role="status" aria-busy aria-label={t('reading')}>
      <Skeleton height={22} width="58%" />
      <div className={classes.skeletonHead}>
        <Skeleton height={36} circle />
        <div>
          <Skeleton height={13} width={180} mb={8} />
          <Skeleton height={12} width={240} />
        </div>
      </div>
      {[92, 84, 88, 40].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </div>
  );
}
