import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';
import classes from './row-link.module.css';

function Row(props: ComponentPropsWithRef<'a'>) {
  return <a {...props} className={classes.row} draggable={false} />;
}

/** A line of a short list that leads somewhere, as a whole. */
export const RowLink = createLink(Row);
