import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './choice-list.module.css';

export interface Choice<V extends string> {
  readonly value: V;
  readonly title: string;
  /** What it means, in a sentence. */
  readonly text: string;
  /** What is asked further once it is chosen. */
  readonly more?: ReactNode;
}

export interface ChoiceListProps<V extends string> {
  readonly label: string;
  /** What stands above asks the same already: the label is for those who do not see. */
  readonly labelHidden?: boolean;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
}

/** One of a few, each with what it means. */
export function ChoiceList<V extends string>(props: ChoiceListProps<V>) {
  const { label, labelHidden = false, value, choices, onChange } = props;
  return (
    <Radio.Group
      {...(labelHidden ? { 'aria-label': label } : { label })}
      value={value}
      onChange={(next) => onChange(next as V)}
    >
      <Stack gap="xs" mt={2}>
        {choices.map((choice) => (
          <div key={choice.value} className={classes.choice} data-chosen={choice.value === value || undefined}>
            <Radio
              size="xs"
              value={choice.value}
              label={choice.title}
              description={choice.text}
              classNames={{
                body: classes.body ?? '',
                labelWrapper: classes.words ?? '',
                description: classes.text ?? '',
              }}
            />
            {choice.value === value && choice.more && <div className={classes.more}>{choice.more}</div>}
          </div>
        ))}
      </Stack>
    </Radio.Group>
  );
}
