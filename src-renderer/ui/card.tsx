import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './card.module.css';

export interface CardProps {
  readonly title?: string;
  /** Beside the title, at the far end. */
  readonly aside?: ReactNode;
  /** Rows reach the border: lists. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A group of things that belong together, with a title above. */
export function Card({ title, aside, flush = false, children }: CardProps) {
  const titleId = useId();
  return (
    <section className={classes.section} aria-labelledby={title ? titleId : undefined}>
      {(title || aside) && (
        <div className={classes.head}>
          {title && (
            <Title order={2} id={titleId} className={classes.title}>
              {title}
            </Title>
          )}
          {aside}
        </div>
      )}
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
