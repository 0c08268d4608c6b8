import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { Folder, ServerFolder } from '../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadLook } from '../../src-shared/domain/loading.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { touchesServer } from '../../src-shared/domain/mailbox.ts';
import { mainServerOf, receives } from '../../src-shared/domain/mailbox-directions.ts';
import { samePlace } from '../../src-shared/domain/mailbox-switch.ts';
import type { Detection, Provider } from '../../src-shared/domain/provider.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { CheckWishes, Connectors, IncomingConnector } from '../connectors/connectors.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { DetectionDomain } from '../detection/detection.ts';
import type { Events } from '../events/events.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import type { Logs } from '../logs/logs.ts';
import type { SignIns } from '../sign-in/sign-in.ts';
import type { Store } from '../store/store.ts';
import { type AccountSession, createAccountSession, receivingSignInOf, signInsOf } from './account-session.ts';
import type { NoteDate } from './date-radar.ts';
import { findMailbox } from './find-mailbox.ts';
import { type LoadedFolderFacts, lookBeforeLoad } from './look-before-load.ts';
import { passingMemory } from './name-memory.ts';
import { ownedSecrets } from './owned-secrets.ts';
import { createProviderSignIns, type DoneSignIn } from './provider-sign-ins.ts';
import { addMailbox, removeMailbox, updateMailbox } from './save-mailbox.ts';
import { refuseUnconfirmed } from './server-effects.ts';
import { type CheckBeside, createSwitches, type Switches } from './switches.ts';
import { writeTestLetter } from './write-test-letter.ts';

export type { AccountSession } from './account-session.ts';
export type { Switches } from './switches.ts';

export interface AddMailbox {
  readonly draft: MailboxDraft;
  readonly folders: readonly (ServerFolder & { readonly selected: boolean })[];
  /** Provider picked by hand, to be remembered for the domain. */
  readonly learnProviderId: string | null;
  readonly demo?: boolean;
  readonly confirmed?: boolean;
}

/** Mailboxes under administration, and the only domain that sees their secrets. */
export interface Accounts extends AccountSession {
  list(): Promise<readonly Mailbox[]>;
  get(mailboxId: MailboxId): Promise<Mailbox>;
  detect(address: string): Promise<Detection>;
  providers(): readonly Provider[];
  /** At the provider, with the system's browser; kept when the draft is saved. */
  signIn(draft: MailboxDraft, signal: AbortSignal): Promise<DoneSignIn>;
  check(draft: MailboxDraft, signal: AbortSignal, wishes?: CheckWish): Promise<ConnectionCheck>;
  listServerFolders(draft: MailboxDraft, signal: AbortSignal): Promise<readonly ServerFolder[]>;
  /** Counts what loading would do to these folders; changes nothing. */
  look(question: LookQuestion, signal: AbortSignal): Promise<LoadLook>;
  add(mailbox: AddMailbox): Promise<Mailbox>;
  /**
   * `confirmed`: the person has seen what it does to the server; else `mailbox.not-confirmed` where it does more than before.
   * `sameServer`: whatever its address is now, its letters are numbered as before.
   */
  update(draft: MailboxDraft, confirmed?: boolean, known?: { readonly sameServer?: boolean }): Promise<Mailbox>;
  setEnabled(mailboxId: MailboxId, enabled: boolean): Promise<Mailbox>;
  remove(mailboxId: MailboxId, keepMail: boolean): Promise<void>;
  folders(mailboxId: MailboxId): Promise<readonly Folder[]>;
  refreshFolders(mailboxId: MailboxId, signal: AbortSignal): Promise<readonly Folder[]>;
  selectFolders(mailboxId: MailboxId, selected: readonly FolderId[], confirmed?: boolean): Promise<readonly Folder[]>;
  readonly switches: Switches;
}

export interface CheckWish extends Pick<CheckWishes, 'onStep' | 'writeFlag'> {
  /** A letter to oneself; `mailbox.cannot-send` where the mailbox is not set up for sending. */
  readonly sendLetter?: boolean;
}

export interface LookQuestion {
  readonly draft: MailboxDraft;
  readonly folders: readonly string[];
}

export interface AccountsParts {
  readonly store: Pick<Store, 'call'>;
  readonly credentials: Credentials;
  readonly connectors: Pick<Connectors, 'openIncoming' | 'checkConnection'>;
  readonly detection: DetectionDomain;
  readonly signIns: SignIns;
  readonly events: Pick<Events, 'emit'>;
  readonly logs: Logs;
  readonly now?: () => number;
  /** For the dates that hang on what is saved here. */
  readonly noteDate?: NoteDate;
  /** Ends the work on a mailbox until `mailboxes.changed` is told of it; where nobody works there is nothing to end. */
  readonly pause?: (mailboxId: MailboxId) => Promise<void>;
  /** Names this console among those that have the store open. */
  readonly owner?: string;
}

export function createAccounts(parts: AccountsParts): Accounts {
  const { store, connectors, detection, events } = parts;
  const { now = Date.now, noteDate = () => {}, pause = async () => {}, owner = '' } = parts;
  const credentials = ownedSecrets(parts.credentials, store);
  const log = parts.logs('accounts');
  const providerSignIns = createProviderSignIns({ signIns: parts.signIns, credentials, store, now, noteDate });
  const session = createAccountSession({ store, credentials, connectors, providerSignIns });
  const saving = { store, credentials, providerSignIns };
  // Changes are read, then write: two at once would lose one.
  const changes = createKeyedQueue();
  const change = <T>(task: () => Promise<T>) => changes.run('mailboxes', task);
  const changed = (mailboxId: MailboxId) => events.emit('mailboxes.changed', { mailboxId });

  const withDraft = async <T>(
    draft: MailboxDraft,
    signal: AbortSignal,
    work: (connector: IncomingConnector) => Promise<T>,
  ) => {
    const incoming = await receivingSignInOf(draft, credentials, providerSignIns);
    const known = draft.mailboxId === null ? undefined : passingMemory(store, draft.mailboxId, incoming);
    return withConnector(connectors.openIncoming(incoming, signal, known), work);
  };

  const check = async (
    draft: MailboxDraft,
    signal: AbortSignal,
    { loggedFor, sendingAlone = false, ...wishes }: CheckWish & CheckBeside,
  ): Promise<ConnectionCheck> => {
    const { incoming, outgoing } = await signInsOf(draft, credentials, providerSignIns);
    const { address, oauth } = draft.settings;
    const provider = providerAt(draft.settings, detection.listProviders());
    const testLetter = wishes.sendLetter ? await writeTestLetter(draft.settings, now()) : null;
    const of = loggedFor === null ? {} : { mailboxId: loggedFor };
    const [receiving, sending] = [sendingAlone ? null : incoming, outgoing].map(
      (signIn) => signIn && { ...signIn, ...of },
    );
    return connectors.checkConnection(receiving ?? null, sending ?? null, signal, {
      address,
      provider,
      oauth,
      testLetter,
      ...wishes,
    });
  };

  return {
    ...session,
    switches: createSwitches({
      ...{ store, credentials, providerSignIns, change, changed, withDraft, pause, owner, noteDate, log, now },
      tell: (mailboxId) => events.emit('switches.changed', { mailboxId }),
      checkBeside: check,
    }),
    list: () => store.call('mailboxes.list', undefined),
    get: (mailboxId) => findMailbox(store, mailboxId),
    detect: (address) => detection.detect(address),
    providers: () => detection.listProviders(),

    async check(draft, signal, wishes) {
      if (draft.mailboxId !== null) await findMailbox(store, draft.mailboxId);
      return check(draft, signal, { ...wishes, loggedFor: draft.mailboxId });
    },
    async signIn(draft, signal) {
      const done = await providerSignIns.signIn(draft, signal);
      log.info('signed in at the provider', { host: mainServerOf(draft.settings).host });
      return done;
    },
    listServerFolders: (draft, signal) => withDraft(draft, signal, (connector) => connector.listFolders(signal)),
    async look({ draft, folders }, signal) {
      const { settings, mailboxId } = draft;
      const known = mailboxId === null ? new Map<string, LoadedFolderFacts>() : await loadedFolders(store, mailboxId);
      const provider = providerAt(settings, detection.listProviders());
      const question = { settings, folders, known, providerMbPerDay: provider?.loadMbPerDay ?? null, now: now() };
      return withDraft(draft, signal, (connector) => lookBeforeLoad(connector, question, signal));
    },

    add: ({ draft, folders, learnProviderId, demo = false, confirmed = false }) =>
      change(async () => {
        refuseUnconfirmed(null, draft.settings, confirmed);
        const mailbox = await addMailbox(saving, { draft, folders, demo, now: now() });
        if (draft.password) noteDate(mailbox.id, 'password-set', now());
        log.info('mailbox added', { mailbox: mailbox.id, host: mainServerOf(mailbox.settings).host });
        if (learnProviderId !== null) await detection.learn(draft.settings.address, learnProviderId);
        changed(mailbox.id);
        return mailbox;
      }),
    update: (draft, confirmed = false, { sameServer = false } = {}) =>
      change(async () => {
        if (draft.mailboxId === null) throw new AppError('mailbox.unknown');
        const { id, settings } = await findMailbox(store, draft.mailboxId);
        refuseUnconfirmed(settings, draft.settings, confirmed);
        const moves = !sameServer && !samePlace(settings, draft.settings);
        const stops = settings.incoming !== null && draft.settings.incoming === null;
        // Who loads meanwhile would note numbers of the place before, or do what is called off.
        if (moves || stops) await pause(id);
        try {
          const mailbox = await updateMailbox(saving, draft, moves ? { owner, at: now() } : undefined);
          if (draft.password) noteDate(id, 'password-set', now());
          log.info('mailbox changed', { mailbox: id, host: mainServerOf(mailbox.settings).host });
          return mailbox;
        } finally {
          changed(id);
        }
      }),
    setEnabled: (mailboxId, enabled) =>
      change(async () => {
        const mailbox = { ...(await findMailbox(store, mailboxId)), enabled };
        await store.call('mailboxes.put', { mailbox });
        log.info(enabled ? 'mailbox enabled' : 'mailbox disabled', { mailbox: mailboxId });
        changed(mailboxId);
        return mailbox;
      }),
    remove: (mailboxId, keepMail) =>
      change(async () => {
        const removeSecrets = await removeMailbox(saving, mailboxId, keepMail);
        log.info('mailbox removed', { mailbox: mailboxId, state: keepMail ? 'mail kept' : 'mail removed' });
        changed(mailboxId);
        await removeSecrets();
      }),

    async folders(mailboxId) {
      await findMailbox(store, mailboxId);
      return store.call('folders.list', { mailboxId });
    },
    async refreshFolders(mailboxId, signal) {
      const listed = await withConnector(session.openIncoming(mailboxId, signal), (it) => it.listFolders(signal));
      const folders = listed.map((folder) => ({ ...folder, selected: null }));
      const known = await store.call('folders.put', { mailboxId, folders });
      changed(mailboxId);
      return known;
    },
    async selectFolders(mailboxId, selected, confirmed = false) {
      const { settings } = await findMailbox(store, mailboxId);
      const before = await store.call('folders.list', { mailboxId });
      const more = before.some((folder) => !folder.selected && selected.includes(folder.id));
      if (more && touchesServer(settings) && !confirmed) throw new AppError('mailbox.not-confirmed');
      const folders = await store.call('folders.select', { mailboxId, selected: [...selected] });
      changed(mailboxId);
      return folders;
    },
  };
}

/** What of a saved mailbox is in the store already, by path. */
async function loadedFolders(store: Pick<Store, 'call'>, mailboxId: MailboxId) {
  const known = new Map<string, LoadedFolderFacts>();
  for (const { folderId, path, uidValidity, periodUid } of await store.call('folders.cursors', { mailboxId })) {
    if (uidValidity === null) continue;
    const stored = new Set(await store.call('ledger.stored', { folderId, uidValidity }));
    known.set(path, { uidValidity, periodUid, stored });
  }
  return known;
}

/** Whoever owns the server that letters come from, or are handed over to where the mailbox only sends. */
function providerAt(settings: MailboxSettings, providers: readonly Provider[]): Provider | null {
  const host = mainServerOf(settings).host.toLowerCase();
  return providers.find(({ imap, smtp }) => (receives(settings) ? imap : smtp)?.host === host) ?? null;
}

async function withConnector<T>(
  opening: Promise<IncomingConnector>,
  work: (connector: IncomingConnector) => Promise<T>,
): Promise<T> {
  const connector = await opening;
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}
