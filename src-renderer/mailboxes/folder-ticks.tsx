import { Button, Checkbox, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { isLoadedUnasked } from '../../src-shared/domain/folder.ts';
import { useText } from '../i18n/i18n.tsx';
import {
  type ChoosableFolder,
  depthOf,
  type FolderChoice,
  inReadingOrder,
  nestedIn,
  withNested,
} from './folder-choice.ts';
import classes from './folder-ticks.module.css';
import { TypedFoldersField } from './typed-folders-field.tsx';

export interface FolderTicksProps {
  readonly folders: readonly ChoosableFolder[];
  readonly choice: FolderChoice;
  readonly onChange: (choice: FolderChoice) => void;
}

/** The folders of a server with a tick each, or all of them (R128). A parent does not stand for its children (D11): it says so, and offers them in one click. */
export function FolderTicks({ folders, choice, onChange }: FolderTicksProps) {
  const t = useText();
  const [words, setWords] = useState('');
  const ordered = useMemo(() => inReadingOrder(folders), [folders]);
  const shown = ordered.filter(({ path }) => path.toLowerCase().includes(words.trim().toLowerCase()));
  const { which, ticked } = choice;
  const all = which === 'all';
  const setTicked = (next: readonly string[]) => onChange({ ...choice, ticked: next });
  const isTicked = (folder: ChoosableFolder) => ticked.includes(folder.path) || (all && isLoadedUnasked(folder));
  return (
    <div className={classes.choice}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('folders.which')}
        value={which}
        onChange={(next) => onChange({ ...choice, which: next as FolderChoice['which'] })}
        data={[
          { value: 'chosen', label: t('folders.which.chosen') },
          { value: 'all', label: t('folders.which.all') },
        ]}
      />
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
            nested={!all && nestedIn(folders, folder).length > 0}
            flat={words.trim() !== ''}
            ticked={isTicked(folder)}
            fixed={folder.selectable === false || (all && isLoadedUnasked(folder))}
            onToggle={(on) => setTicked(on ? [...ticked, folder.path] : ticked.filter((path) => path !== folder.path))}
            onTickNested={() => setTicked(withNested(folders, folder, ticked))}
          />
        ))}
        {shown.length === 0 && <li className={classes.none}>{t('folders.noneFound')}</li>}
      </ul>
      <div className={classes.foot}>
        <Text fz={12} c="dimmed">
          {t(all ? 'folders.noteAll' : 'folders.note')}
        </Text>
        <Text fz={12} fw={500} style={{ whiteSpace: 'nowrap' }} aria-live="polite">
          {t('folders.ticked', { count: folders.filter(isTicked).length })}
        </Text>
      </div>
      <TypedFoldersField folders={folders} onFound={(found) => setTicked([...new Set([...ticked, ...found])])} />
    </div>
  );
}

interface FolderRowProps {
  readonly folder: ChoosableFolder;
  readonly nested: boolean;
  /** While searching: whole paths instead of a tree. */
  readonly flat: boolean;
  readonly ticked: boolean;
  readonly fixed: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly onTickNested: () => void;
}

function FolderRow({ folder, nested, flat, ticked, fixed, onToggle, onTickNested }: FolderRowProps) {
  const t = useText();
  const { role } = folder;
  const title = role ? t(`folder.role.${role}`) : flat ? folder.path : folder.name;
  return (
    <li className={classes.row} style={{ paddingLeft: flat ? 12 : 12 + depthOf(folder) * 20 }}>
      <Checkbox
        size="xs"
        className={classes.tick}
        label={title}
        checked={ticked}
        disabled={fixed}
        onChange={({ currentTarget }) => onToggle(currentTarget.checked)}
      />
      {role && role !== 'inbox' && <span className={classes.meaning}>{t(`folder.meaning.${role}`)}</span>}
      {folder.namespace && <span className={classes.meaning}>{t(`folder.namespace.${folder.namespace}`)}</span>}
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
