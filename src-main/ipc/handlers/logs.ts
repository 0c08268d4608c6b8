import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { logsContract } from '../../../src-shared/contract/logs.ts';
import type { MailboxLogs } from '../../accounts/mailbox-logs.ts';

export const logHandlers = (logs: MailboxLogs): Handlers<typeof logsContract> => ({
  'logs.read': ({ filter, before, limit }) => logs.read(filter, { before, limit }),
  'logs.save': ({ filter }) => logs.save(filter),
});
