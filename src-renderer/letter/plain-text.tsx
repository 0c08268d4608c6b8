import { UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { foldQuotes } from './fold-quotes.ts';
import { splitAtLinks } from './letter-links.ts';
import classes from './plain-text.module.css';

export interface PlainTextProps {
  readonly text: string;
  /** Quotes begin folded: in a conversation the quoted letter stands above anyway. */
  readonly folded?: boolean;
}

/** Text of a letter as text: never markup. Addresses in it open in the system's browser. */
export function PlainText({ text, folded = false }: PlainTextProps) {
  const blocks = useMemo(() => foldQuotes(text.trim()), [text]);
  // A forwarded letter is all quote: folding it would leave nothing to read.
  const foldable = folded && blocks.some((block) => block.kind === 'own' && block.text.trim() !== '');
  return (
    <div className={classes.text} data-selectable>
      {blocks.map((block, at) =>
        block.kind === 'quote' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text never change their order.
          <Quote key={at} text={block.text} folded={foldable} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <LinkedText key={at} text={block.text} />
        ),
      )}
    </div>
  );
}

function Quote({ text, folded }: { readonly text: string; readonly folded: boolean }) {
  const t = useText();
  const [open, setOpen] = useState(!folded);
  return (
    <div className={classes.quoteBlock}>
      {folded && (
        <UnstyledButton
          className={classes.fold}
          aria-expanded={open}
          aria-label={t(open ? 'letter.quote.hide' : 'letter.quote.show')}
          title={t(open ? 'letter.quote.hide' : 'letter.quote.show')}
          onClick={() => setOpen(!open)}
        >
          •••
        </UnstyledButton>
      )}
      {open && (
        <div className={classes.quote}>
          <LinkedText text={text} />
        </div>
      )}
    </div>
  );
}

function LinkedText({ text }: { readonly text: string }) {
  const { run } = useAction('links.open');
  const pieces = useMemo(() => splitAtLinks(text), [text]);
  return (
    <div className={classes.block}>
      {pieces.map((piece, at) =>
        piece.link ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change their order.
          <UnstyledButton key={at} className={classes.link} onClick={() => run({ url: piece.link?.url ?? '' })}>
            {piece.text}
          </UnstyledButton>
        ) : (
          piece.text
        ),
      )}
    </div>
  );
}
