import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import type { MailboxSwitch, SwitchState } from '../../../src-shared/domain/mailbox-switch.ts';
import { useQuery } from '../../ipc/use-query.ts';

/** What is prepared for a mailbox, and what there is to go back to. */
export function useSwitches({ id }: Mailbox) {
  const { data, error, isPending } = useQuery('switches.list', undefined, { alwaysFresh: true });
  const find = (state: SwitchState): MailboxSwitch | null =>
    data?.find((one) => one.mailboxId === id && one.state === state) ?? null;
  return { prepared: find('prepared'), former: find('former'), error, isPending };
}
