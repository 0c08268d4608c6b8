import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { useText } from '../i18n/i18n.tsx';
import { Panes } from '../ui/panes.tsx';
import type { RowListHandle } from '../ui/row-list.tsx';
import { useShownKeys } from '../ui/shown-keys.tsx';
import { useListKeys } from '../ui/use-list-keys.ts';
import { BalancesPane } from './balances-pane.tsx';
import { EffectsList } from './effects-list.tsx';
import { LedgerHead } from './ledger-head.tsx';
import listClasses from './ledger-list.module.css';
import { LedgerList } from './ledger-list.tsx';
import classes from './ledger-screen.module.css';
import { StoryPane } from './story-pane.tsx';
import { useEffects } from './use-effects.ts';
import { useLedgerAddress } from './use-ledger-address.ts';
import { useLedgerList } from './use-ledger-list.ts';

/** While a key is held down, only the story on which it comes to rest is read. */
const restMilliseconds = 80;

/** Balances, the letters or what is done on the servers, and the story of one of them. */
export function LedgerScreen() {
  const t = useText();
  const navigate = useNavigate();
  const address = useLedgerAddress();
  const { scope, setScope, filter, selected, select, view } = address;
  const [resting] = useDebouncedValue(selected, restMilliseconds, { leading: true });
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<RowListHandle>(null);
  const story = useRef<HTMLDivElement>(null);
  const list = useLedgerList(
    filter,
    useCallback((added: number) => rows.current?.shift(added), []),
  );
  const effects = useEffects(scope, view === 'server');
  const entries = view === 'server' ? (effects.entries ?? []) : list.pages.items;
  const openMail = (letter: MessageId) => void navigate({ to: '/mail', search: { letter } });
  const openTicket = (ticketId: TicketId) =>
    void navigate({ to: '/tickets/$ticketId', params: { ticketId: String(ticketId) } });
  const selectedRow = entries.findIndex(({ id }) => id === selected);
  const known = selectedRow >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it comes to stand later, as others arrive, moves nothing.
  useEffect(() => {
    if (known) rows.current?.reveal(selectedRow);
  }, [selected, known]);
  useLedgerKeys({ entries, entry: entries[selectedRow], address, rows, search, openMail, openTicket });

  const openStory = () => story.current?.focus();
  return (
    <div className={classes.screen}>
      <Panes
        name="ledger"
        separatorLabel={t('ledger.panes')}
        panes={[
          {
            id: 'balances',
            defaultSize: '290px',
            minSize: '200px',
            content: <BalancesPane scope={scope} onScope={setScope} />,
          },
          {
            id: 'entries',
            defaultSize: '400px',
            minSize: '270px',
            content: (
              <section className={listClasses.pane} aria-label={t('ledger.list')}>
                <LedgerHead address={address} search={search} onLeaveSearch={() => rows.current?.focus()} />
                {view === 'server' ? (
                  <EffectsList effects={effects} address={address} rows={rows} onOpen={openStory} />
                ) : (
                  <LedgerList list={list} address={address} rows={rows} onOpen={openStory} />
                )}
              </section>
            ),
          },
          {
            id: 'story',
            defaultSize: '40%',
            minSize: '290px',
            content: (
              <div ref={story} className={classes.story} tabIndex={-1}>
                <StoryPane
                  entryId={resting}
                  nothing={entries.length === 0}
                  onPick={select}
                  onMail={openMail}
                  onTicket={openTicket}
                />
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

interface LedgerKeys {
  readonly entries: readonly LedgerEntry[];
  readonly entry: LedgerEntry | undefined;
  readonly address: ReturnType<typeof useLedgerAddress>;
  readonly rows: React.RefObject<RowListHandle | null>;
  readonly search: React.RefObject<HTMLInputElement | null>;
  readonly openMail: (id: MessageId) => void;
  readonly openTicket: (id: TicketId) => void;
}

function useLedgerKeys({ entries, entry, address, rows, search, openMail, openTicket }: LedgerKeys): void {
  const t = useText();
  const { selected, select } = address;
  const mail = () => entry?.messageId && openMail(entry.messageId);
  const ticket = () => entry?.ticketId && openTicket(entry.ticketId);
  useListKeys({
    ids: useMemo(() => entries.map(({ id }) => id), [entries]),
    selected,
    select,
    rows,
    search,
    keys: { m: mail, ь: mail, t: ticket, е: ticket },
  });
  useShownKeys(
    useMemo(
      () => [
        { keys: ['↓', 'j'], does: t('ledger.keys.next') },
        { keys: ['↑', 'k'], does: t('ledger.keys.previous') },
        { keys: ['Enter'], does: t('ledger.keys.open') },
        { keys: ['/'], does: t('ledger.keys.search') },
        { keys: ['m'], does: t('ledger.keys.mail') },
        { keys: ['t'], does: t('ledger.keys.ticket') },
      ],
      [t],
    ),
  );
}
