import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createStore } from '../../src-main/store/keep-store-alive.ts';
import { launchInChildProcess } from '../../src-main/store/launch-in-child-process.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { LaunchStore, StoreProcess } from '../../src-main/store/store-process-pipe.ts';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';

export const testKey = 'ab'.repeat(32);
export const storeProcessFile = resolve(import.meta.dirname, '../../src-main/store/process/store-process.ts');

export interface TestStore extends AsyncDisposable {
  readonly store: Store;
  readonly path: string;
  /** The process that serves just now. */
  process(): StoreProcess;
}

/** A folder for a test's files, gone with the test. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mailroom-store-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A real store process over a file of its own, or over one that is there. */
export async function openTestStore(path?: string, { key = testKey, mustExist = false } = {}): Promise<TestStore> {
  const folder = path === undefined ? temporaryFolder() : null;
  const file = path ?? join(folder?.path ?? '', 'mail.db');
  const launch = launchInChildProcess(storeProcessFile);
  let serving: StoreProcess | null = null;
  const remember: LaunchStore = async () => {
    serving = await launch();
    return serving;
  };
  const open = { path: file, key, mustExist };
  const { store } = await createStore({ launch: remember, open, log: silentLogs('test') });
  return {
    store,
    path: file,
    process: () => {
      if (!serving) throw new Error('no store process');
      return serving;
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      folder?.[Symbol.dispose]();
    },
  };
}

/** A mailbox with folders, as a listing of a server would make them. */
export async function addMailbox(
  store: Store,
  address = 'support@company.example',
  paths: readonly string[] = ['INBOX', 'Archive'],
): Promise<{ readonly mailboxId: MailboxId; readonly folders: readonly FolderId[] }> {
  const mailboxId = crypto.randomUUID() as MailboxId;
  const endpoint = {
    host: 'mail.example',
    port: 993,
    encryption: 'tls' as const,
    login: address,
    signIn: 'password' as const,
    pinnedCertificate: null,
  };
  await store.call('mailboxes.put', {
    mailbox: {
      id: mailboxId,
      enabled: true,
      demo: false,
      createdAt: Date.UTC(2026, 0, 1),
      settings: {
        name: address,
        address,
        description: '',
        incoming: endpoint,
        outgoing: null,
        sender: { fromAddress: '', fromName: '', replyTo: '' },
        loading: { firstLoadPeriod: 'all', automatic: false, pollMinutes: 15 },
        collectsTickets: true,
        log: 'errors',
        dates: { clientSecretEnds: null, passwordDays: null },
      },
    },
  });
  const folders = await store.call('folders.put', {
    mailboxId,
    folders: paths.map((path) => ({
      path,
      name: path,
      separator: '/',
      role: path === 'INBOX' ? ('inbox' as const) : null,
      selectable: true,
      identity: null,
      selected: true,
    })),
  });
  return { mailboxId, folders: paths.map((path) => folderOf(folders, path)) };
}

function folderOf(folders: readonly { readonly path: string; readonly id: FolderId }[], path: string): FolderId {
  const found = folders.find((folder) => folder.path === path);
  if (!found) throw new Error(`folder ${path} is not listed`);
  return found.id;
}
