import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { trustContract } from '../../src-shared/contract/trust.ts';
import { isJudged } from '../../src-shared/domain/certificate-authority.ts';
import { coversHost, type HostPattern, hostPatternSchema } from '../../src-shared/domain/host-pattern.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';
import type { AuthoritiesFor } from '../net/tls.ts';
import type { KeptAuthority } from '../store/api/trust.ts';
import type { Store } from '../store/store.ts';
import { readAuthorities } from './read-authorities.ts';

/** Whom this console trusts besides the system, and for which host alone. */
export interface HostTrust {
  readonly authoritiesFor: AuthoritiesFor;
  readonly handlers: Handlers<typeof trustContract>;
}

export interface HostTrustParts {
  readonly store: Pick<Store, 'call'>;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Logger;
  readonly now?: () => number;
}

/** What is kept is read once; from then on every line that is made asks here. */
export async function openHostTrust({ store, events, log, now = Date.now }: HostTrustParts): Promise<HostTrust> {
  let kept: readonly KeptAuthority[] = await store.call('authorities.list', undefined);
  /** Lines are made anew, and a mailbox that waits for a person is tried again. */
  const changed = async (hosts: readonly HostPattern[]): Promise<void> => {
    kept = await store.call('authorities.list', undefined);
    events.emit('authorities.changed', {});
    for (const { id, settings } of await store.call('mailboxes.list', undefined)) {
      const endpoints = [settings.incoming, settings.outgoing].flatMap((it) => (it && isJudged(it) ? [it] : []));
      if (endpoints.some(({ host }) => hosts.some((pattern) => coversHost(pattern, host))))
        events.emit('mailboxes.changed', { mailboxId: id });
    }
  };
  return {
    authoritiesFor: (host) => kept.filter((one) => coversHost(one.host, host)).map(({ pem }) => pem),
    handlers: {
      'authorities.list': async () => kept.map(({ pem: _, ...authority }) => authority),
      'authorities.read': async ({ file }) => readAuthorities(file, now()).map(({ pem: _, ...facts }) => facts),
      async 'authorities.add'({ host: typed, file }) {
        const host = patternOf(typed);
        const read = readAuthorities(file, now());
        const added = await store.call('authorities.put', { host, authorities: [...read], now: now() });
        for (const { sha256 } of read) log.info('authority trusted', { host, sha256 });
        await changed([host]);
        return added.map(({ pem: _, ...authority }) => authority);
      },
      async 'authorities.remove'({ authorityId }) {
        const gone = kept.find(({ id }) => id === authorityId);
        if (gone === undefined) return;
        await store.call('authorities.remove', { authorityId });
        log.info('authority no longer trusted', { host: gone.host, sha256: gone.sha256 });
        await changed([gone.host]);
      },
    },
  };
}

function patternOf(typed: string): HostPattern {
  const parsed = hostPatternSchema.safeParse(typed);
  if (!parsed.success) throw new AppError('authority.host-invalid', { host: typed });
  return parsed.data;
}
