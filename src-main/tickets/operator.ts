import { userInfo } from 'node:os';
import type { Store } from '../store/store.ts';

/** Who works at this console; who has not said so goes by the name of their account, since an entry of a ticket without an author is a letter's. */
export async function readOperator(store: Store): Promise<string> {
  const { operatorName } = await store.call('settings.get', undefined);
  return operatorName === '' ? accountName() : operatorName;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return `#${process.getuid?.() ?? 0}`;
  }
}
