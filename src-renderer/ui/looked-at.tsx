import { useText } from '../i18n/i18n.tsx';
import classes from './looked-at.module.css';
import { useFormats } from './use-formats.ts';

export interface LookedAtProps {
  /** Null: not looked at yet, to the end. */
  readonly looks: readonly { readonly lookedAt: number | null }[];
  /** Said where one of them has not been looked at. */
  readonly never: string;
}

/** How old what is shown may be. The oldest look counts: of the others everything is newer. */
export function LookedAt({ looks, never }: LookedAtProps) {
  const t = useText();
  const format = useFormats();
  if (looks.length === 0) return null;
  const known = looks.flatMap(({ lookedAt }) => lookedAt ?? []);
  const words = known.length < looks.length ? never : t('lookedAt', { when: format.timeAgo(Math.min(...known)) });
  return <span className={classes.looked}>{words}</span>;
}
