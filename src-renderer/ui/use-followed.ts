import { useRef, useState } from 'react';

/**
 * A value of the address that runs ahead of it while the person is at work, and follows when another screen changes it.
 * `sent` is what was last written to the address by us: its arrival is no news, the person may have typed on since.
 */
export function useFollowed<T>(value: T) {
  const [own, set] = useState(value);
  const [seen, setSeen] = useState(value);
  const sent = useRef(value);
  if (!Object.is(seen, value)) {
    setSeen(value);
    if (!Object.is(sent.current, value)) set(value);
  }
  return { own, set, sent };
}
