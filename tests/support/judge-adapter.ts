import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** Rows of the judge in memory, which can forget every grant at once. */
export function forgettingAdapter(): { readonly adapter: AdapterFactory; readonly forget: () => void } {
  const rows = new Map<string, Kept>();
  const read = (key: string): AdapterPayload | undefined => {
    const row = rows.get(key);
    return row && row.until > Date.now() ? row.payload : undefined;
  };
  const search = (kind: string, test: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...rows.keys()]
      .filter((key) => key.startsWith(`${kind} `))
      .map(read)
      .find((payload) => payload !== undefined && test(payload));
  const adapter = (kind: string): Adapter => ({
    upsert: async (id, payload, seconds) => {
      rows.set(`${kind} ${id}`, { payload, until: seconds ? Date.now() + seconds * 1000 : Number.MAX_SAFE_INTEGER });
    },
    find: async (id) => read(`${kind} ${id}`),
    findByUserCode: async (code) => search(kind, ({ userCode }) => userCode === code),
    findByUid: async (uid) => search(kind, (payload) => payload.uid === uid),
    consume: async (id) => {
      const payload = read(`${kind} ${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void rows.delete(`${kind} ${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of rows) if (payload.grantId === grantId) rows.delete(key);
    },
  });
  return { adapter, forget: () => rows.clear() };
}
