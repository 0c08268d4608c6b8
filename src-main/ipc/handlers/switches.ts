import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { switchesContract } from '../../../src-shared/contract/switches.ts';
import type { Switches } from '../../accounts/accounts.ts';
import type { Events } from '../../events/events.ts';

export const switchHandlers = (
  switches: Switches,
  events: Pick<Events, 'emit'>,
): Handlers<typeof switchesContract> => ({
  'switches.list': async () => [...(await switches.list())],
  'switches.prepare': ({ draft }) => switches.prepare(draft),
  'switches.check': ({ mailboxId, checkId }, signal) =>
    switches.check(
      mailboxId,
      signal,
      (step) => checkId !== null && events.emit('mailboxes.checkStep', { checkId, step }),
    ),
  'switches.try': ({ mailboxId }, signal) =>
    switches.try(mailboxId, signal, (trial) => events.emit('switches.folder', { mailboxId, trial })),
  'switches.apply': ({ mailboxId, confirmed }) => switches.apply(mailboxId, confirmed),
  'switches.back': ({ mailboxId, confirmed }) => switches.back(mailboxId, confirmed),
  'switches.drop': ({ mailboxId }) => switches.drop(mailboxId),
});
