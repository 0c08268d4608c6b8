import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** One line of the list that `?` shows. */
export interface ShownKey {
  readonly keys: readonly string[];
  readonly does: string;
}

interface ShownKeys {
  readonly here: readonly ShownKey[];
  readonly setHere: (keys: readonly ShownKey[]) => void;
}

const ShownKeysContext = createContext<ShownKeys>({ here: [], setHere: () => undefined });

export function ShownKeysProvider({ children }: { readonly children: ReactNode }) {
  const [here, setHere] = useState<readonly ShownKey[]>([]);
  const value = useMemo(() => ({ here, setHere }), [here]);
  return <ShownKeysContext.Provider value={value}>{children}</ShownKeysContext.Provider>;
}

/** A screen names its keys, so that `?` can show them. Give the same array each time (`useMemo`). */
export function useShownKeys(keys: readonly ShownKey[]): void {
  const { setHere } = useContext(ShownKeysContext);
  useEffect(() => {
    setHere(keys);
    return () => setHere([]);
  }, [keys, setHere]);
}

export function useKeysHere(): readonly ShownKey[] {
  return useContext(ShownKeysContext).here;
}
