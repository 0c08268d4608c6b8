import { ActionIcon } from '@mantine/core';
import { IconFile, IconX } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { type ChosenFile, totalBytes } from './chosen-files.ts';
import classes from './compose.module.css';

export interface FileChipsProps {
  readonly files: readonly ChosenFile[];
  readonly onRemove: (id: string) => void;
}

/** Files that go with the answer, and how much they are together. */
export function FileChips({ files, onRemove }: FileChipsProps) {
  const t = useText();
  const format = useFormats();
  if (files.length === 0) return null;
  return (
    <div className={classes.files}>
      <ul className={classes.chips} aria-label={t('ticket.attachments')}>
        {files.map(({ id, file }) => (
          <li key={id} className={classes.chip}>
            <IconFile size={14} aria-hidden />
            <span className={classes.fileName}>{file.name}</span>
            <span className={classes.fileSize}>{format.byteSize(file.size)}</span>
            <ActionIcon size={20} onClick={() => onRemove(id)} aria-label={t('compose.detach', { name: file.name })}>
              <IconX size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <p className={classes.hint}>
        {t('compose.size', { size: format.byteSize(totalBytes(files)) })} · {t('compose.draft.files')}
      </p>
    </div>
  );
}
