import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { trustContract } from '../../src-shared/contract/trust.ts';
import {
  coversHost,
  type HostPattern,
  hostPatternSchema,
  oneHostSchema,
} from '../../src-shared/domain/host-pattern.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { OldEncryption } from '../../src-shared/domain/old-encryption.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';
import type { TrustFor } from '../net/tls.ts';
import type { KeptAuthority } from '../store/api/trust.ts';
import type { Store } from '../store/store.ts';
import { readAuthorities } from './read-authorities.ts';

/** What this console takes besides what the system trusts, and from which host alone. */
export interface HostTrusts {
  readonly trustFor: TrustFor;
  readonly handlers: Handlers<typeof trustContract>;
}

export interface HostTrustParts {
  readonly store: Pick<Store, 'call'>;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Logger;
  readonly now?: () => number;
}

/** What is kept is read once; from then on every line that is made asks here. */
export async function openHostTrusts(parts: HostTrustParts): Promise<HostTrusts> {
  const { store, events } = parts;
  let authorities: readonly KeptAuthority[] = [];
  let old: readonly OldEncryption[] = [];
  const read = async (): Promise<void> => {
    [authorities, old] = await Promise.all([
      store.call('authorities.list', undefined),
      store.call('oldEncryption.list', undefined),
    ]);
  };
  /** Lines are made anew, and a mailbox that waits for a person is tried again. */
  const changed = async (pattern: HostPattern): Promise<void> => {
    await read();
    events.emit('trust.changed', {});
    const troubles = await hostsInTrouble(store);
    for (const { id, settings } of await store.call('mailboxes.list', undefined)) {
      const endpoints = [settings.incoming, settings.outgoing].flatMap((it) => it ?? []);
      // A sign-in service may send on to another host, which stands in no settings: then what stopped the mailbox names it.
      const hosts = [...endpoints.map(({ host }) => host), troubles.get(id) ?? ''];
      if (hosts.some((host) => coversHost(pattern, host))) events.emit('mailboxes.changed', { mailboxId: id });
    }
  };
  await read();
  return {
    trustFor: (host) => ({
      authorities: authorities.filter((one) => coversHost(one.host, host)).map(({ pem }) => pem),
      oldVersions: old.some((one) => coversHost(one.host, host)),
    }),
    handlers: {
      ...authorityHandlers(parts, () => authorities, changed),
      ...oldEncryptionHandlers(parts, () => old, changed),
    },
  };
}

async function hostsInTrouble(store: Pick<Store, 'call'>): Promise<ReadonlyMap<MailboxId, string>> {
  const records = await store.call('records.list', undefined);
  return new Map(records.map(({ mailboxId, problem }) => [mailboxId, String(problem?.params.host ?? '')]));
}

type AuthorityHandlers = Pick<
  HostTrusts['handlers'],
  'authorities.list' | 'authorities.read' | 'authorities.add' | 'authorities.remove'
>;

function authorityHandlers(
  { store, log, now = Date.now }: HostTrustParts,
  kept: () => readonly KeptAuthority[],
  changed: (host: HostPattern) => Promise<void>,
): AuthorityHandlers {
  return {
    'authorities.list': async () => kept().map(({ pem: _, ...authority }) => authority),
    'authorities.read': async ({ file }) => readAuthorities(file, now()).map(({ pem: _, ...facts }) => facts),
    async 'authorities.add'({ host: typed, file }) {
      const host = hostPatternSchema.safeParse(typed).data;
      if (host === undefined) throw new AppError('authority.host-invalid', { host: typed });
      const read = readAuthorities(file, now());
      const added = await store.call('authorities.put', { host, authorities: [...read], now: now() });
      for (const { sha256 } of read) log.info('authority trusted', { host, sha256 });
      await changed(host);
      return added.map(({ pem: _, ...authority }) => authority);
    },
    async 'authorities.remove'({ authorityId }) {
      const gone = kept().find(({ id }) => id === authorityId);
      if (gone === undefined) return;
      await store.call('authorities.remove', { authorityId });
      log.info('authority no longer trusted', { host: gone.host, sha256: gone.sha256 });
      await changed(gone.host);
    },
  };
}

type OldEncryptionHandlers = Pick<
  HostTrusts['handlers'],
  'oldEncryption.list' | 'oldEncryption.allow' | 'oldEncryption.forbid'
>;

function oldEncryptionHandlers(
  { store, log, now = Date.now }: HostTrustParts,
  kept: () => readonly OldEncryption[],
  changed: (host: HostPattern) => Promise<void>,
): OldEncryptionHandlers {
  return {
    'oldEncryption.list': async () => [...kept()],
    async 'oldEncryption.allow'({ host: typed }) {
      const host = oneHostSchema.safeParse(typed).data;
      if (host === undefined) throw new AppError('tls.one-host-only', { host: typed });
      const allowed = await store.call('oldEncryption.put', { host, allowedAt: now() });
      log.warn('old encryption allowed', { host });
      await changed(host);
      return allowed;
    },
    async 'oldEncryption.forbid'({ host: typed }) {
      const gone = kept().find(({ host }) => coversHost(host, typed));
      if (gone === undefined) return;
      await store.call('oldEncryption.remove', { host: gone.host });
      log.info('old encryption no longer allowed', { host: gone.host });
      await changed(gone.host);
    },
  };
}
