import { Group, NumberInput, SegmentedControl, Switch, Text } from '@mantine/core';
import { useRef } from 'react';
import { type Afterwards, type IncomingProtocol, possibleAfterwards } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { type AfterwardsProblems, proposals } from './afterwards.ts';
import type { ChoosableFolder } from './folder-choice.ts';
import { TargetFolderField } from './target-folder-field.tsx';

export interface AfterwardsFieldsProps {
  readonly value: Afterwards;
  readonly onChange: (value: Afterwards) => void;
  readonly protocol: IncomingProtocol;
  readonly folders: readonly ChoosableFolder[];
  readonly problems: AfterwardsProblems;
  /** The step above asks the question. */
  readonly labelHidden?: boolean;
}

/** What happens on the server with a letter that is processed (D1): nothing, unless chosen here and confirmed in numbers. */
export function AfterwardsFields(props: AfterwardsFieldsProps) {
  const { value, onChange, protocol, folders, problems, labelHidden = false } = props;
  const t = useText();
  // What was typed for another choice is there again when one comes back to it.
  const typed = useRef<Record<string, Afterwards>>({ ...proposals });
  typed.current[value.kind] = value;
  const more = {
    leave: null,
    'mark-read': null,
    move:
      value.kind === 'move' ? (
        <MoveFields value={value} onChange={onChange} folders={folders} problems={problems} />
      ) : null,
    delete: value.kind === 'delete' ? <DeleteFields value={value} onChange={onChange} /> : null,
  };
  return (
    <>
      <ChoiceList
        label={t('afterwards.label')}
        labelHidden={labelHidden}
        value={value.kind}
        onChange={(kind) => onChange(typed.current[kind] ?? proposals[kind])}
        choices={possibleAfterwards[protocol].map((kind) => ({
          value: kind,
          title: t(`afterwards.${kind}`),
          text: t(`afterwards.${kind}.text`),
          more: more[kind],
        }))}
      />
      {value.kind !== 'leave' && (
        <Text fz={12} c="dimmed">
          {t('afterwards.when')} {t(value.kind === 'move' ? 'afterwards.quarantineMove' : 'afterwards.quarantine')}
        </Text>
      )}
    </>
  );
}

interface KindProps<K extends Afterwards['kind']> {
  readonly value: Extract<Afterwards, { kind: K }>;
  readonly onChange: (value: Afterwards) => void;
}

interface MoveFieldsProps extends KindProps<'move'> {
  readonly folders: readonly ChoosableFolder[];
  readonly problems: AfterwardsProblems;
}

function MoveFields({ value, onChange, folders, problems }: MoveFieldsProps) {
  const t = useText();
  const { done, failed, create } = value;
  return (
    <>
      <TargetFolderField
        label={t('afterwards.done')}
        value={done}
        onChange={(path) => onChange({ ...value, done: path })}
        folders={folders}
        created={create}
        error={problems.done ? t(problems.done) : null}
      />
      <TargetFolderField
        label={t('afterwards.failed')}
        placeholder={t('afterwards.failedNone')}
        value={failed ?? ''}
        onChange={(path) => onChange({ ...value, failed: path === '' ? null : path })}
        folders={folders}
        created={create}
        error={problems.failed ? t(problems.failed) : null}
      />
      <Switch
        label={t('afterwards.create')}
        checked={create}
        onChange={({ currentTarget }) => onChange({ ...value, create: currentTarget.checked })}
      />
    </>
  );
}

function DeleteFields({ value, onChange }: KindProps<'delete'>) {
  const t = useText();
  const { afterDays } = value;
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('afterwards.deleteWhen')}
        value={afterDays === 0 ? 'now' : 'later'}
        onChange={(when) => onChange({ ...value, afterDays: when === 'now' ? 0 : proposals.delete.afterDays })}
        data={[
          { value: 'later', label: t('afterwards.deleteLater') },
          { value: 'now', label: t('afterwards.deleteNow') },
        ]}
      />
      {afterDays > 0 && (
        <NumberInput
          aria-label={t('afterwards.deleteDays')}
          suffix={` ${t('afterwards.days', { count: afterDays })}`}
          value={afterDays}
          onChange={(days) => typeof days === 'number' && onChange({ ...value, afterDays: days })}
          min={1}
          max={365}
          allowDecimal={false}
          clampBehavior="strict"
          w={120}
        />
      )}
    </Group>
  );
}
