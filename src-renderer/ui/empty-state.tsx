import { Button } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  readonly icon: TablerIcon;
  /** One sentence: what is (not) here and why. */
  readonly text: string;
  /** One action, where there is one. */
  readonly action?: { readonly label: string; readonly run: () => void; readonly pending?: boolean };
}

export function EmptyState({ icon: Icon, text, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.disc}>
        <Icon size={24} stroke={1.5} aria-hidden />
      </span>
      <p className={classes.text}>{text}</p>
      {action && (
        <Button variant="default" onClick={action.run} loading={action.pending ?? false}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
