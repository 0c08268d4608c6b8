import { IconUsers } from '@tabler/icons-react';
import type { Contact } from '../../src-shared/domain/contact.ts';
import { InitialsDisc } from '../letter/initials-disc.tsx';
import classes from './contact-disc.module.css';

export interface ContactDiscProps {
  readonly kind: Contact['kind'];
  readonly name: string;
  readonly small?: boolean;
}

/** Somebody's initials; a list of people has none. */
export function ContactDisc({ kind, name, small = false }: ContactDiscProps) {
  if (kind === 'person') return <InitialsDisc name={name} small={small} />;
  return (
    <span className={classes.disc} data-small={small || undefined} aria-hidden>
      <IconUsers size={small ? 15 : 20} stroke={1.6} />
    </span>
  );
}
