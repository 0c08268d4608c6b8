import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { mailboxRowsContract } from '../api/mailboxes.ts';
import type { WritableDb } from '../process/connection.ts';
import { listFacts, listTold, noteFact, tellNotices } from './date-store.ts';
import {
  listAllFolders,
  listCursors,
  listFolders,
  listKnown,
  putFolders,
  renameFolder,
  selectFolders,
  settleFolder,
} from './folder-store.ts';
import { keepHierarchy, recallHierarchy } from './hierarchy-store.ts';
import { keepItems, readItemNumbering, recallItems } from './item-store.ts';
import { listMailboxes, putMailbox, removeDemo, removeMailbox } from './mailbox-store.ts';
import { learnProviderDomain, listProviderDomains, putSettings, readSettings } from './setting-store.ts';
import { applySwitch, goBack } from './switch-apply.ts';
import { dropPrepared, expireFormer, keepTrial, listSwitches, prepareSwitch } from './switch-store.ts';
import { numberUidls, previewUidls } from './uidl-store.ts';
import { addLeftover, forgetLeftover, listLeftovers, listVaultOwners } from './vault-owners.ts';

/** Mailboxes, folders, settings and learned domains, over one open database. */
export function mailboxRowHandlers(db: WritableDb): Handlers<typeof mailboxRowsContract> {
  return {
    'mailboxes.list': async () => listMailboxes(db),
    'mailboxes.put': async ({ mailbox, moving = null }) => putMailbox(db, mailbox, moving),
    'mailboxes.remove': async ({ mailboxId, keepLetters }) => removeMailbox(db, mailboxId, keepLetters),
    'mailboxes.removeDemo': async () => removeDemo(db),
    'folders.list': async ({ mailboxId }) => listFolders(db, mailboxId),
    'folders.listAll': async () => listAllFolders(db),
    'folders.put': async ({ mailboxId, folders }) => putFolders(db, mailboxId, folders),
    'folders.known': async ({ mailboxId }) => listKnown(db, mailboxId),
    'folders.rename': async ({ folderId, folder }) => renameFolder(db, folderId, folder),
    'folders.select': async ({ mailboxId, selected }) => selectFolders(db, mailboxId, selected),
    'folders.cursors': async ({ mailboxId }) => listCursors(db, mailboxId),
    'folders.settle': async ({ folderId, state }) => settleFolder(db, folderId, state),
    'uidls.number': async (listing) => numberUidls(db, listing),
    'uidls.preview': async (listing) => previewUidls(db, listing),
    'items.numbering': async (place) => readItemNumbering(db, place),
    'items.recall': async (place) => recallItems(db, place),
    'items.keep': async (change) => keepItems(db, change),
    'hierarchies.recall': async ({ mailboxId }) => recallHierarchy(db, mailboxId),
    'hierarchies.keep': async ({ mailboxId, hierarchy }) => keepHierarchy(db, mailboxId, hierarchy),
    'dates.facts': async () => listFacts(db),
    'dates.note': async (fact) => noteFact(db, fact),
    'dates.told': async () => listTold(db),
    'dates.tell': async (told) => tellNotices(db, told),
    'switches.list': async () => listSwitches(db),
    'switches.prepare': async (prepared) => prepareSwitch(db, prepared),
    'switches.tried': async (tried) => keepTrial(db, tried),
    'switches.apply': async (exchange) => applySwitch(db, exchange),
    'switches.back': async (exchange) => goBack(db, exchange),
    'switches.drop': async ({ mailboxId }) => dropPrepared(db, mailboxId),
    'switches.expire': async ({ now }) => expireFormer(db, now),
    'vaults.owners': async () => listVaultOwners(db),
    'vaults.open': async ({ vaultId }) => addLeftover(db, vaultId),
    'vaults.leftovers': async () => listLeftovers(db),
    'vaults.swept': async ({ vaultId }) => forgetLeftover(db, vaultId),
    'providerDomains.list': async () => listProviderDomains(db),
    'providerDomains.learn': async ({ domain, providerId }) => learnProviderDomain(db, domain, providerId),
    'settings.get': async () => readSettings(db),
    'settings.put': async ({ settings }) => putSettings(db, settings),
  };
}
