import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { resolveTypedFolders } from '../../src-shared/domain/typed-folders.ts';
import { useText } from '../i18n/i18n.tsx';
import type { ChoosableFolder } from './folder-choice.ts';
import classes from './folder-ticks.module.css';

export interface TypedFoldersFieldProps {
  readonly folders: readonly ChoosableFolder[];
  readonly onFound: (paths: readonly string[]) => void;
}

/** Folders typed as paths (R21–R25), as they stand in somebody's notes: those that are there are ticked, the others stay to be corrected. */
export function TypedFoldersField({ folders, onFound }: TypedFoldersFieldProps) {
  const t = useText();
  const [text, setText] = useState('');
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const tick = () => {
    const typed = resolveTypedFolders(text, folders);
    setUnknown(typed.unknown);
    setText(typed.unknown.join('; '));
    if (typed.found.length > 0) onFound(typed.found);
  };
  return (
    <div>
      <div className={classes.typed}>
        <TextInput
          label={t('folders.typed')}
          description={t('folders.typedHint')}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setUnknown([]);
          }}
          onKeyDown={(event) => {
            // Enter means these folders, not the step or the form around.
            if (event.key !== 'Enter' || text.trim() === '') return;
            event.preventDefault();
            tick();
          }}
          spellCheck={false}
          autoComplete="off"
        />
        <Button variant="default" disabled={text.trim() === ''} onClick={tick}>
          {t('folders.typedTick')}
        </Button>
      </div>
      {unknown.length > 0 && (
        <Text fz={12} mt={4} c="var(--mr-bad)" role="alert">
          {t('folders.typedUnknown', { count: unknown.length, folders: unknown.join('; ') })}
        </Text>
      )}
    </div>
  );
}
