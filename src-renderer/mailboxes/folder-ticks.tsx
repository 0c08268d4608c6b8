import { Button, Checkbox, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { type ChoosableFolder, depthOf, inReadingOrder, nestedIn, withNested } from './folder-choice.ts';
import classes from './folder-ticks.module.css';

export interface FolderTicksProps {
  readonly folders: readonly ChoosableFolder[];
  /** Paths. */
  readonly ticked: readonly string[];
  readonly onChange: (ticked: readonly string[]) => void;
}

/** The folders of a server with a tick each. A parent does not stand for its children (D11): it says so, and offers them in one click. */
export function FolderTicks({ folders, ticked, onChange }: FolderTicksProps) {
  const t = useText();
  const [words, setWords] = useState('');
  const ordered = useMemo(() => inReadingOrder(folders), [folders]);
  const shown = ordered.filter(({ path }) => path.toLowerCase().includes(words.trim().toLowerCase()));
  const toggle = (path: string, on: boolean) =>
    onChange(on ? [...ticked, path] : ticked.filter((other) => other !== path));
  return (
    <div className={classes.choice}>
      <TextInput
        placeholder={t('folders.search')}
        aria-label={t('folders.search')}
        leftSection={<IconSearch size={16} />}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <ul className={classes.list} aria-label={t('folders.list')}>
        {shown.map((folder) => (
          <FolderRow
            key={folder.path}
            folder={folder}
            nested={nestedIn(folders, folder).length > 0}
            flat={words.trim() !== ''}
            ticked={ticked.includes(folder.path)}
            onToggle={(on) => toggle(folder.path, on)}
            onTickNested={() => onChange(withNested(folders, folder, ticked))}
          />
        ))}
        {shown.length === 0 && <li className={classes.none}>{t('folders.noneFound')}</li>}
      </ul>
      <div className={classes.foot}>
        <Text fz={12} c="dimmed">
          {t('folders.note')}
        </Text>
        <Text fz={12} fw={500} style={{ whiteSpace: 'nowrap' }} aria-live="polite">
          {t('folders.ticked', { count: ticked.length })}
        </Text>
      </div>
    </div>
  );
}

interface FolderRowProps {
  readonly folder: ChoosableFolder;
  readonly nested: boolean;
  /** While searching: whole paths instead of a tree. */
  readonly flat: boolean;
  readonly ticked: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly onTickNested: () => void;
}

function FolderRow({ folder, nested, flat, ticked, onToggle, onTickNested }: FolderRowProps) {
  const t = useText();
  const title = folder.role ? t(`folder.role.${folder.role}`) : flat ? folder.path : folder.name;
  return (
    <li className={classes.row} style={{ paddingLeft: flat ? 12 : 12 + depthOf(folder) * 20 }}>
      <Checkbox
        size="xs"
        className={classes.tick}
        label={title}
        checked={ticked}
        disabled={folder.selectable === false}
        onChange={({ currentTarget }) => onToggle(currentTarget.checked)}
      />
      {nested && (
        <Button
          size="xs"
          variant="subtle"
          className={classes.nested}
          onClick={onTickNested}
          aria-label={t('folders.nestedOf', { folder: title })}
        >
          {t('folders.nested')}
        </Button>
      )}
    </li>
  );
}
