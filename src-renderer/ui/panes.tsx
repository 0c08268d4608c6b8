import { Fragment, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import classes from './panes.module.css';

export interface Pane {
  readonly id: string;
  /** Percent of the width, or pixels as "280px". */
  readonly defaultSize: number | string;
  readonly minSize: number | string;
  readonly content: ReactNode;
}

export interface PanesProps {
  /** Under this name the sizes are remembered. */
  readonly name: string;
  readonly panes: readonly Pane[];
  /** What the separators are called. */
  readonly separatorLabel: string;
}

/** Panes side by side whose borders can be dragged or moved by arrow keys, and which remember it. */
export function Panes({ name, panes, separatorLabel }: PanesProps) {
  const layout = useDefaultLayout({ id: `mailroom.panes.${name}`, panelIds: panes.map((pane) => pane.id) });
  return (
    <Group className={classes.group} defaultLayout={layout.defaultLayout} onLayoutChanged={layout.onLayoutChanged}>
      {panes.map((pane, at) => (
        <Fragment key={pane.id}>
          {at > 0 && <Separator className={classes.separator} aria-label={separatorLabel} />}
          <Panel id={pane.id} defaultSize={pane.defaultSize} minSize={pane.minSize} className={classes.panel}>
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
