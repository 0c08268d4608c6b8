import type { CommandHandler, Plugin } from 'hoodiecrow-imap';
import append from 'hoodiecrow-imap/lib/commands/append.js';
import capability from 'hoodiecrow-imap/lib/commands/capability.js';
import check from 'hoodiecrow-imap/lib/commands/check.js';
import close from 'hoodiecrow-imap/lib/commands/close.js';
import copy from 'hoodiecrow-imap/lib/commands/copy.js';
import create from 'hoodiecrow-imap/lib/commands/create.js';
import remove from 'hoodiecrow-imap/lib/commands/delete.js';
import examine from 'hoodiecrow-imap/lib/commands/examine.js';
import expunge from 'hoodiecrow-imap/lib/commands/expunge.js';
import fetch from 'hoodiecrow-imap/lib/commands/fetch.js';
import list from 'hoodiecrow-imap/lib/commands/list.js';
import login from 'hoodiecrow-imap/lib/commands/login.js';
import logout from 'hoodiecrow-imap/lib/commands/logout.js';
import lsub from 'hoodiecrow-imap/lib/commands/lsub.js';
import noop from 'hoodiecrow-imap/lib/commands/noop.js';
import search from 'hoodiecrow-imap/lib/commands/search.js';
import select from 'hoodiecrow-imap/lib/commands/select.js';
import status from 'hoodiecrow-imap/lib/commands/status.js';
import store from 'hoodiecrow-imap/lib/commands/store.js';
import subscribe from 'hoodiecrow-imap/lib/commands/subscribe.js';
import uidCopy from 'hoodiecrow-imap/lib/commands/uid copy.js';
import uidFetch from 'hoodiecrow-imap/lib/commands/uid fetch.js';
import uidSearch from 'hoodiecrow-imap/lib/commands/uid search.js';
import uidStore from 'hoodiecrow-imap/lib/commands/uid store.js';
import unsubscribe from 'hoodiecrow-imap/lib/commands/unsubscribe.js';

const commands: Readonly<Record<string, CommandHandler>> = {
  APPEND: append,
  CAPABILITY: capability,
  CHECK: check,
  CLOSE: close,
  COPY: copy,
  CREATE: create,
  DELETE: remove,
  EXAMINE: examine,
  EXPUNGE: expunge,
  FETCH: fetch,
  LIST: list,
  LOGIN: login,
  LOGOUT: logout,
  LSUB: lsub,
  NOOP: noop,
  SEARCH: search,
  SELECT: select,
  STATUS: status,
  STORE: store,
  SUBSCRIBE: subscribe,
  'UID COPY': uidCopy,
  'UID FETCH': uidFetch,
  'UID SEARCH': uidSearch,
  'UID STORE': uidStore,
  UNSUBSCRIBE: unsubscribe,
};

/** The library looks its commands up by file name while it runs, which ends in a bundle: here they are by name. Goes before all other plugins. */
export const knowCommands: Plugin = (server) => {
  for (const [name, handle] of Object.entries(commands)) server.setCommandHandler(name, handle);
};
