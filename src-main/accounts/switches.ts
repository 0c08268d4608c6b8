import { randomUUID } from 'node:crypto';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { CheckStep, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import { type MailboxId, mailboxIdSchema } from '../../src-shared/domain/ids.ts';
import { type Mailbox, signsInAtProvider } from '../../src-shared/domain/mailbox.ts';
import { mainServerOf, receives } from '../../src-shared/domain/mailbox-directions.ts';
import {
  connectionOf,
  type FolderTrial,
  type MailboxSwitch,
  type SwitchState,
  sendsOtherwise,
  wayBackMilliseconds,
  withConnection,
} from '../../src-shared/domain/mailbox-switch.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { fromWire } from '../../src-shared/errors/wire.ts';
import type { CheckWishes, IncomingConnector } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import type { SwitchRow } from '../store/api/switches.ts';
import type { Store } from '../store/store.ts';
import { candidateSecrets } from './candidate-secrets.ts';
import type { NoteDate } from './date-radar.ts';
import { findMailbox } from './find-mailbox.ts';
import { type OwnedSecrets, sweepVault } from './owned-secrets.ts';
import type { ProviderSignIns } from './provider-sign-ins.ts';
import { refuseUnconfirmed } from './server-effects.ts';
import { tryConnection } from './try-connection.ts';

/** Another connection for a mailbox: prepared and tried beside the running one, put in its place, and taken back. */
export interface Switches {
  list(): Promise<readonly MailboxSwitch[]>;
  /** The draft's connection, signed in for itself; the mailbox goes on as it is. In the place of one that was prepared before. */
  prepare(draft: MailboxDraft): Promise<MailboxSwitch>;
  check(mailboxId: MailboxId, signal: AbortSignal, onStep?: (step: CheckStep) => unknown): Promise<ConnectionCheck>;
  try(mailboxId: MailboxId, signal: AbortSignal, onFolder?: (trial: FolderTrial) => void): Promise<MailboxSwitch>;
  /** `confirmed`: the person knows that what is done on the server is done through the other connection from now on. */
  apply(mailboxId: MailboxId, confirmed: boolean): Promise<Mailbox>;
  back(mailboxId: MailboxId, confirmed: boolean): Promise<Mailbox>;
  drop(mailboxId: MailboxId): Promise<void>;
  /** Forgets former connections whose time is over, and removes secrets that nobody needs. */
  sweep(): Promise<void>;
}

/** A check of a connection beside the running one: what of it is looked at, and who hears of it. */
export interface CheckBeside extends Pick<CheckWishes, 'onStep'> {
  /** Its log tells of the check; of a mailbox that is not saved there is none. */
  readonly loggedFor: MailboxId | null;
  /** Nothing but the way out is looked at. */
  readonly sendingAlone?: boolean;
}

export interface SwitchParts {
  readonly store: Pick<Store, 'call'>;
  readonly credentials: OwnedSecrets;
  readonly providerSignIns: ProviderSignIns;
  /** One change of mailboxes at a time. */
  readonly change: <T>(task: () => Promise<T>) => Promise<T>;
  readonly changed: (mailboxId: MailboxId) => void;
  readonly tell: (mailboxId: MailboxId) => void;
  readonly checkBeside: (draft: MailboxDraft, signal: AbortSignal, wishes: CheckBeside) => Promise<ConnectionCheck>;
  readonly withDraft: <T>(
    draft: MailboxDraft,
    signal: AbortSignal,
    work: (connector: IncomingConnector) => Promise<T>,
  ) => Promise<T>;
  /** Nobody works on the mailbox until `changed` is said of it. */
  readonly pause: (mailboxId: MailboxId) => Promise<void>;
  /** Names this console among those that have the store open. */
  readonly owner: string;
  readonly noteDate: NoteDate;
  readonly log: Logger;
  readonly now: () => number;
}

export function createSwitches(parts: SwitchParts): Switches {
  const { store, credentials, providerSignIns, change, changed, tell, log, now } = parts;
  const find = async (mailboxId: MailboxId, state: SwitchState): Promise<SwitchRow> => {
    const rows = await store.call('switches.list', undefined);
    const found = rows.find((row) => row.mailboxId === mailboxId && row.state === state);
    if (!found) throw new AppError('switch.none');
    return found;
  };
  /** As if the prepared connection were the mailbox's; its secrets are found by its own id. */
  const draftOf = async ({ mailboxId, vaultId, connection }: SwitchRow): Promise<MailboxDraft> => {
    const { settings } = await findMailbox(store, mailboxId);
    const candidate = withConnection(settings, connection);
    return { settings: candidate, password: null, outgoingPassword: null, mailboxId: vaultId };
  };
  /** Whether the server that takes letters takes the sign-in; nothing is sent. Throws the first trouble of the way there. */
  const trySending = async (mailboxId: MailboxId, draft: MailboxDraft, signal: AbortSignal): Promise<void> => {
    const { steps } = await parts.checkBeside(draft, signal, { loggedFor: mailboxId, sendingAlone: true });
    const problem = steps.find((step) => step.problem !== null)?.problem;
    if (problem) throw fromWire(problem);
  };
  /** Whatever comes of it, somebody works on the mailbox again afterwards. */
  const exchange = (mailboxId: MailboxId, work: () => Promise<Mailbox>): Promise<Mailbox> =>
    change(async () => {
      await parts.pause(mailboxId);
      try {
        return await work();
      } finally {
        changed(mailboxId);
        tell(mailboxId);
      }
    });
  const facts = (mailboxId: MailboxId) => {
    const at = now();
    return { mailboxId, at, keepUntil: at + wayBackMilliseconds, owner: parts.owner };
  };
  /** Tokens of the connection before are nobody's; both are asked for by id. */
  const settle = ({ id, settings }: Mailbox, vaultId: MailboxId): void => {
    providerSignIns.forget(id);
    providerSignIns.forget(vaultId);
    if (signsInAtProvider(settings)) parts.noteDate(id, 'grant-renewed', now());
  };
  return {
    list: async () => (await store.call('switches.list', undefined)).map(shown),
    prepare: (draft) =>
      change(async () => {
        if (draft.mailboxId === null) throw new AppError('mailbox.unknown');
        const { id: mailboxId, settings } = await findMailbox(store, draft.mailboxId);
        const secrets = await candidateSecrets({ credentials, providerSignIns }, draft, settings);
        const vaultId = mailboxIdSchema.parse(randomUUID());
        // Where the secrets will be is written down before them; until the row is there they are a leftover.
        await store.call('vaults.open', { vaultId });
        for (const [name, secret] of secrets) await credentials.vault.putSecret(vaultId, name, secret);
        const connection = connectionOf(draft.settings);
        const typedPassword = Boolean(draft.password);
        await store.call('switches.prepare', { mailboxId, vaultId, connection, at: now(), typedPassword });
        providerSignIns.prepared(draft);
        await sweepVault(credentials, store);
        log.info('switch prepared', { mailbox: mailboxId, host: mainServerOf(connection).host });
        tell(mailboxId);
        return shown(await find(mailboxId, 'prepared'));
      }),
    async check(mailboxId, signal, onStep = () => {}) {
      const draft = await draftOf(await find(mailboxId, 'prepared'));
      return parts.checkBeside(draft, signal, { loggedFor: mailboxId, onStep });
    },
    async try(mailboxId, signal, onFolder = () => {}) {
      const prepared = await find(mailboxId, 'prepared');
      const draft = await draftOf(prepared);
      const { settings } = await findMailbox(store, mailboxId);
      if (sendsOtherwise(settings, draft.settings)) await trySending(mailboxId, draft, signal);
      const trial = receives(draft.settings)
        ? await parts.withDraft(draft, signal, (connector) =>
            tryConnection(mailboxId, connector, { store, now, onFolder }, signal),
          )
        : { at: now(), folders: [], matches: [] };
      await store.call('switches.tried', { mailboxId, vaultId: prepared.vaultId, trial });
      tell(mailboxId);
      return shown(await find(mailboxId, 'prepared'));
    },
    apply: (mailboxId, confirmed) =>
      exchange(mailboxId, async () => {
        const { vaultId, connection } = await find(mailboxId, 'prepared');
        const { settings } = await findMailbox(store, mailboxId);
        refuseUnconfirmed(settings, withConnection(settings, connection), confirmed);
        const mailbox = await store.call('switches.apply', { ...facts(mailboxId), vaultId });
        settle(mailbox, vaultId);
        log.info('mailbox switched', { mailbox: mailboxId, host: mainServerOf(mailbox.settings).host });
        return mailbox;
      }),
    back: (mailboxId, confirmed) =>
      exchange(mailboxId, async () => {
        const { vaultId, connection } = await find(mailboxId, 'former');
        const { settings } = await findMailbox(store, mailboxId);
        refuseUnconfirmed(settings, withConnection(settings, connection), confirmed);
        const mailbox = await store.call('switches.back', facts(mailboxId));
        settle(mailbox, vaultId);
        log.info('mailbox switched back', { mailbox: mailboxId, host: mainServerOf(mailbox.settings).host });
        return mailbox;
      }),
    drop: (mailboxId) =>
      change(async () => {
        await store.call('switches.drop', { mailboxId });
        tell(mailboxId);
        await sweepVault(credentials, store);
      }),
    sweep: () =>
      change(async () => {
        for (const mailboxId of await store.call('switches.expire', { now: now() })) tell(mailboxId);
        await sweepVault(credentials, store);
      }),
  };
}

function shown({ vaultId: _secret, ...rest }: SwitchRow): MailboxSwitch {
  return rest;
}
