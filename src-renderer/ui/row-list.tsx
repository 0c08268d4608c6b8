import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react';
import classes from './row-list.module.css';

export interface RowListHandle {
  readonly focus: () => void;
  /** Scrolls as little as it takes to have the row in view. */
  readonly reveal: (row: number) => void;
  /** Rows were added above (or, below zero, taken away): the view stays on what it shows. At the very top it follows. */
  readonly shift: (rows: number) => void;
}

export interface RowListProps {
  /** What the list is called. */
  readonly label: string;
  readonly count: number;
  readonly rowHeight: number;
  /** Row in focus; -1: none. */
  readonly selected: number;
  /** Stays the same for the same thing while rows come and go. */
  readonly rowKey: (row: number) => string | number;
  readonly renderRow: (row: number) => ReactNode;
  readonly onSelect: (row: number) => void;
  readonly onOpen: (row: number) => void;
  /** A click opens: where the thing itself is on another screen. */
  readonly opensOnClick?: boolean;
  /** The rows in view, whenever they change: what has to be read. */
  readonly onRange?: (first: number, last: number) => void;
  /** Other keys, for the row in focus. */
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly handle?: Ref<RowListHandle>;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, о: 1, ArrowUp: -1, k: -1, л: -1 };

/** Rows of one height, of which only those in view exist; moves by arrows and j/k (also on a Russian layout), opens by Enter. */
export function RowList(props: RowListProps) {
  const {
    label,
    count,
    rowHeight,
    selected,
    rowKey,
    renderRow,
    onSelect,
    onOpen,
    opensOnClick,
    onRange,
    onKey,
    handle,
  } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: rowKey,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [first, last, onRange]);

  useImperativeHandle(handle, () => ({
    focus: () => box.current?.focus(),
    reveal: (row) => rows.scrollToIndex(row, { align: 'auto' }),
    shift: (added) => {
      const top = box.current?.scrollTop ?? 0;
      if (added !== 0 && top > 0) rows.scrollToOffset(Math.max(0, top + added * rowHeight));
    },
  }));

  // A screen that opens on a list can be worked at once by keys; a list that is filled again takes the focus from nobody.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, []);

  const move = (to: number) => {
    const row = Math.max(0, Math.min(count - 1, to));
    if (count === 0) return;
    onSelect(row);
    rows.scrollToIndex(row, { align: 'auto' });
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1);
    const jumps: Record<string, number> = {
      Home: 0,
      End: count - 1,
      PageDown: selected + page,
      PageUp: selected - page,
    };
    const step = steps[event.key];
    const target = step === undefined ? jumps[event.key] : selected < 0 ? 0 : selected + step;
    if (target !== undefined) {
      event.preventDefault();
      // The screen listens to j and k as well, for when the list has no focus.
      event.stopPropagation();
      move(target);
    } else if (event.key === 'Enter' && selected >= 0) {
      event.preventDefault();
      onOpen(selected);
    } else onKey?.(event);
  };

  return (
    <div
      ref={box}
      className={classes.box}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      {...(selected >= first && selected <= last && count > 0 ? { 'aria-activedescendant': `${id}-${selected}` } : {})}
      onKeyDown={press}
    >
      <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, key, start }) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys.
          <div
            key={key}
            id={`${id}-${index}`}
            className={classes.row}
            role="option"
            tabIndex={-1}
            aria-selected={index === selected}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            onClick={() => {
              onSelect(index);
              box.current?.focus();
              if (opensOnClick) onOpen(index);
            }}
            onDoubleClick={() => onOpen(index)}
          >
            {renderRow(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
