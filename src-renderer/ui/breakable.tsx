import { Fragment } from 'react';

/** Addresses and names of servers break behind their own signs, and within a word only where a part alone is too long. */
export function Breakable({ text }: { readonly text: string }) {
  const parts = text.split(/(?<=[/.:@])(?=[^/.:@])/);
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in its order.
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
