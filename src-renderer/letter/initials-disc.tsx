import classes from './initials-disc.module.css';

const hues = 6;

/** First letters of the first two words of a name, in a quiet colour that is the same for the same name. */
export function InitialsDisc({ name, small = false }: { readonly name: string; readonly small?: boolean }) {
  const words = name
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .trim()
    .split(/\s+/);
  const initials = words.slice(0, 2).map((word) => [...word][0]?.toLocaleUpperCase() ?? '');
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (
    <span className={classes.disc} data-hue={sum % hues} data-small={small || undefined} aria-hidden>
      {initials.join('') || '?'}
    </span>
  );
}
