import { useDebouncedValue } from '@mantine/hooks';
import { IconShieldQuestion } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { LetterView } from '../letter/letter-view.tsx';
import { MakeTicket } from '../letter/make-ticket.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panes } from '../ui/panes.tsx';
import type { RowListHandle } from '../ui/row-list.tsx';
import { useShownKeys } from '../ui/shown-keys.tsx';
import { useListKeys } from '../ui/use-list-keys.ts';
import { AllowSender } from './allow-sender.tsx';
import { DeskList } from './desk-list.tsx';
import classes from './quarantine-screen.module.css';
import { useDeskActions } from './use-desk-actions.tsx';
import { useDeskAddress } from './use-desk-address.ts';
import { type DeskItem, useDeskList, useNextInPlace } from './use-desk-list.ts';
import { WhyCard } from './why-card.tsx';

/** While a key is held down, only the letter on which it comes to rest is read. */
const restMilliseconds = 80;

/** Letters that a person should look at, and what can be done with each. */
export function QuarantineScreen() {
  const t = useText();
  const address = useDeskAddress();
  const { filter, selected, select } = address;
  const rows = useRef<RowListHandle>(null);
  const letter = useRef<HTMLDivElement>(null);
  const list = useDeskList(
    filter,
    useCallback((added: number) => rows.current?.shift(added), []),
  );
  const ids = useNextInPlace(list, address);
  const row = selected === null ? -1 : ids.indexOf(selected);
  const known = row >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it comes to stand later, as others arrive, moves nothing.
  useEffect(() => {
    if (known) rows.current?.reveal(row);
  }, [selected, known]);
  const item = list.pages.items[row];
  const actions = useDeskActions(item);
  const { does } = actions;
  useListKeys({
    ids,
    selected,
    select,
    rows,
    keys: {
      t: () => does('ticket'),
      е: () => does('ticket'),
      a: () => does('allow'),
      ф: () => does('allow'),
      r: () => does('retry'),
      к: () => does('retry'),
      d: () => does('dismiss'),
      в: () => does('dismiss'),
      l: () => does('fetch'),
      д: () => does('fetch'),
    },
  });
  useDeskKeysHelp();
  return (
    <div className={classes.screen}>
      <Panes
        name="quarantine"
        separatorLabel={t('quarantine.title')}
        panes={[
          {
            id: 'desk',
            defaultSize: '400px',
            minSize: '300px',
            content: <DeskList list={list} address={address} rows={rows} onOpen={() => letter.current?.focus()} />,
          },
          {
            id: 'letter',
            defaultSize: '65%',
            minSize: '360px',
            content: (
              <div ref={letter} className={classes.letter} tabIndex={-1}>
                {item ? (
                  <>
                    <WhyCard item={item} actions={actions} />
                    <Preview item={item} />
                  </>
                ) : (
                  ids.length > 0 && <EmptyState icon={IconShieldQuestion} text={t('quarantine.pick')} />
                )}
              </div>
            ),
          },
        ]}
      />
      <MakeTicket
        messageId={actions.asking === 'ticket' && item ? item.id : null}
        onDone={actions.ticketMade}
        onClose={actions.closeQuestion}
      />
      {item && <AllowSender item={item} opened={actions.asking === 'allow'} onClose={actions.closeQuestion} />}
    </div>
  );
}

function Preview({ item }: { readonly item: DeskItem }) {
  const [resting] = useDebouncedValue(item.id, restMilliseconds, { leading: true });
  return (
    <div className={classes.preview}>
      <LetterView messageId={resting} explained />
    </div>
  );
}

function useDeskKeysHelp(): void {
  const t = useText();
  useShownKeys(
    useMemo(
      () => [
        { keys: ['↓', 'j'], does: t('ledger.keys.next') },
        { keys: ['↑', 'k'], does: t('ledger.keys.previous') },
        { keys: ['t'], does: t('quarantine.keys.ticket') },
        { keys: ['a'], does: t('quarantine.keys.allow') },
        { keys: ['r'], does: t('quarantine.keys.retry') },
        { keys: ['l'], does: t('quarantine.keys.fetch') },
        { keys: ['d'], does: t('quarantine.keys.dismiss') },
      ],
      [t],
    ),
  );
}
