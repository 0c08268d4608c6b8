import type { FolderBalance } from '../../../src-shared/domain/ledger.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { isReceiving } from '../../../src-shared/domain/mailbox-directions.ts';
import { toWire } from '../../../src-shared/errors/wire.ts';
import { shortDate } from '../dates.ts';
import { findMailbox } from '../find-mailbox.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { visibleLine } from '../visible-text.ts';

const parts = ['stored', 'waiting', 'beforePeriod', 'read', 'tooLarge', 'refused'] as const;
/** As many as a line can hold; with --json all that are known are there. */
const namedUids = 20;

/** The server's count beside the ledger's. What is unexplained, or could not be counted, makes the command fail. */
export async function balance(session: Session, name: string | undefined, fresh: boolean): Promise<void> {
  const all = await session.call('mailboxes.list', undefined);
  const chosen = name === undefined ? null : await findMailbox(session, name);
  const balances = fresh
    ? await recount(session, chosen ? [chosen] : all.filter((mailbox) => mailbox.enabled && isReceiving(mailbox)))
    : await session.call('ledger.balances', { mailboxId: chosen?.id ?? null });
  if (balances.some(({ unexplained }) => unexplained.length > 0)) session.markFailed();
  const nameOf = ({ mailboxId }: FolderBalance) => all.find(({ id }) => id === mailboxId)?.settings.name ?? '';
  session.print(
    balances,
    balances.length > 0
      ? balances.flatMap((one) => balanceLines(session, nameOf(one), one))
      : [session.translate('ledger.balances.empty')],
  );
}

/** One that cannot be asked does not keep the others from being counted. */
async function recount(session: Session, mailboxes: readonly Mailbox[]): Promise<readonly FolderBalance[]> {
  const balances: FolderBalance[] = [];
  for (const { id, settings } of mailboxes) {
    try {
      balances.push(...(await session.call('ledger.recount', { mailboxId: id })));
    } catch (error) {
      if (mailboxes.length === 1) throw error;
      session.markFailed();
      session.note(`${visibleLine(settings.name)}: ${failureLine(session.translate, toWire(error))}`);
    }
  }
  return balances;
}

function balanceLines({ translate }: Session, mailbox: string, balance: FolderBalance): string[] {
  const { path, at, onServer, inLedger, unexplained, counts } = balance;
  const place = visibleLine(`${mailbox}, ${path}`);
  if (at === null) return [`${place}: ${translate('ledger.balance.notCounted')}`];
  const even = unexplained.length === 0;
  const figures = { place, onServer, inLedger, unexplained: unexplained.length, at: shortDate(at) };
  const breakdown = parts
    .filter((part) => counts[part] > 0)
    .map((part) => `${translate(`ledger.count.${part}`)} ${counts[part]}`);
  const list = unexplained.slice(0, namedUids).join(', ');
  const uids = unexplained.length > namedUids ? 'ledger.balance.firstUids' : 'ledger.balance.uids';
  return [
    translate(even ? 'terminal.ledger.balance-line' : 'terminal.ledger.balance-uneven', figures),
    ...(breakdown.length === 0 ? [] : [`  ${breakdown.join(', ')}`]),
    ...(even ? [] : [`  ${translate('terminal.ledger.unexplained', { uids: translate(uids, { list }) })}`]),
  ];
}
