import { Autocomplete } from '@mantine/core';
import { typedPath } from '../../src-shared/domain/typed-folders.ts';
import { useText } from '../i18n/i18n.tsx';
import { type ChoosableFolder, inReadingOrder } from './folder-choice.ts';

export interface TargetFolderFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly folders: readonly ChoosableFolder[];
  /** One that is missing is made. */
  readonly created: boolean;
  readonly error: string | null;
}

/** A folder to move to: one of the server's, or a path typed by hand. Says what it is called there, and whether it is there. */
export function TargetFolderField(props: TargetFolderFieldProps) {
  const { label, placeholder, value, onChange, folders, created, error } = props;
  const t = useText();
  const path = typedPath(value, folders);
  const there = folders.some((folder) => folder.path === path);
  const hint =
    path === '' || folders.length === 0
      ? t('afterwards.folderHint')
      : there
        ? t('afterwards.folderThere', { path })
        : t(created ? 'afterwards.folderMade' : 'afterwards.folderNotThere', { path });
  return (
    <Autocomplete
      label={label}
      {...(placeholder ? { placeholder } : {})}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={onChange}
      data={inReadingOrder(folders)
        .filter(({ selectable }) => selectable !== false)
        .map((folder) => folder.path)
        .filter((one, at, all) => all.indexOf(one) === at)}
      maxDropdownHeight={240}
      error={error}
      spellCheck={false}
    />
  );
}
