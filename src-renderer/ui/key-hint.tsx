import classes from './key-hint.module.css';

const mac = navigator.platform.startsWith('Mac');

/** Keys as they are labelled on this machine: `mod` is ⌘ or Ctrl. */
export function KeyHint({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={classes.keys}>
      {keys.map((key) => (
        <kbd key={key} className={classes.key}>
          {key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}
