import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { loadingContract } from '../../../src-shared/contract/loading.ts';
import type { Loading } from '../../sync/sync.ts';

export const loadingHandlers = (loading: Loading): Handlers<typeof loadingContract> => ({
  'loading.status': async () => [...(await loading.statusOfAll())],
  'loading.run': async ({ mailboxIds }, signal) => [...(await loading.run(mailboxIds, signal))],
  'loading.cancel': async ({ mailboxId }) => loading.cancel(mailboxId),
});
