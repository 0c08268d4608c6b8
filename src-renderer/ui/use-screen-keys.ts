import { useEffect, useRef } from 'react';

export type ScreenKeys = Readonly<Record<string, () => void>>;

/** Where a letter means itself, or where the key belongs to what is open on top. */
const takesKeys =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"][data-composed]';

/** Keys of a screen: single keys without Ctrl, Alt or Meta, wherever the focus is except in a field or a dialogue. */
export function useScreenKeys(keys: ScreenKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(takesKeys)) return;
      if (document.querySelector('[role="dialog"]')) return;
      const act = current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
