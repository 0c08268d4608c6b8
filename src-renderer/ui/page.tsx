import type { ReactNode } from 'react';
import classes from './page.module.css';

/** A screen of one scrolling column. Screens made of panes fill the frame themselves. */
export function Page({ children, width = 'wide' }: { readonly children: ReactNode; readonly width?: 'wide' | 'text' }) {
  return (
    <div className={classes.scroll}>
      <div className={classes.column} data-width={width}>
        {children}
      </div>
    </div>
  );
}
