import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { switchesContract } from '../../src-shared/contract/switches.ts';
import type { FolderId } from '../../src-shared/domain/ids.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { connectionOf, type MailboxSwitch, type SwitchTrial } from '../../src-shared/domain/mailbox-switch.ts';
import { AppError } from '../../src-shared/errors/errors.ts';

const folder = (id: number) => id as FolderId;

export const cannedTrial: SwitchTrial = {
  at: Date.now() - 40_000,
  folders: [
    {
      ...{ folderId: folder(1), path: 'INBOX', pathThere: 'INBOX' },
      ...{ here: 3660, loaded: 3660, there: 3662, sampled: 20, same: 18, alike: 0 },
    },
    {
      ...{ folderId: folder(2), path: 'Sent', pathThere: 'Sent Items' },
      ...{ here: 812, loaded: 812, there: 812, sampled: 20, same: 4, alike: 16 },
    },
    {
      ...{ folderId: folder(3), path: 'Projects/Boiler house', pathThere: null },
      ...{ here: 45, loaded: 45, there: null, sampled: 0, same: 0, alike: 0 },
    },
  ],
  matches: [],
};

const notCanned = async () => {
  throw new AppError('state.conflict');
};

/** Keeps what is prepared, and finds what `cannedTrial` says. */
export function cannedSwitches(
  tell: (mailboxId: MailboxSwitch['mailboxId']) => void,
): Handlers<typeof switchesContract> {
  let kept: readonly MailboxSwitch[] = [];
  const put = (next: MailboxSwitch) => {
    kept = [next];
    tell(next.mailboxId);
    return next;
  };
  const find = () => {
    const [found] = kept;
    if (!found) throw new AppError('switch.none');
    return found;
  };
  const prepared = (mailboxId: MailboxSwitch['mailboxId'], settings: MailboxSettings): MailboxSwitch => ({
    mailboxId,
    state: 'prepared',
    connection: connectionOf(settings),
    preparedAt: Date.now(),
    trial: null,
    keepUntil: null,
  });
  return {
    'switches.list': async () => [...kept],
    'switches.prepare': async ({ draft }) => {
      if (draft.mailboxId === null) throw new AppError('mailbox.unknown');
      return put(prepared(draft.mailboxId, draft.settings));
    },
    'switches.check': notCanned,
    'switches.try': async () => put({ ...find(), trial: cannedTrial }),
    'switches.apply': notCanned,
    'switches.back': notCanned,
    'switches.drop': async ({ mailboxId }) => {
      kept = [];
      tell(mailboxId);
    },
  };
}
