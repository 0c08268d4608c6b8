import { Table } from '@mantine/core';
import type { FolderLook, LoadLook } from '../../../src-shared/domain/loading.ts';
import type { MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import type { TextKey } from '../../../src-shared/i18n/i18n.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import classes from './look.module.css';

type Figure = Exclude<keyof FolderLook, 'path'>;
type Kind = MailboxSettings['afterwards']['kind'];

const titles: Readonly<Record<Figure, TextKey>> = {
  onServer: 'look.column.onServer',
  toLoad: 'look.column.toLoad',
  heldBack: 'look.column.heldBack',
  tooLarge: 'look.column.tooLarge',
  toMark: 'look.column.toMark',
  toMove: 'look.column.toMove',
  toDelete: 'look.column.toDelete',
};

const effectColumns: Readonly<Record<Kind, readonly Figure[]>> = {
  leave: [],
  'mark-read': ['toMark'],
  move: ['toMove'],
  delete: ['toDelete'],
};

/** Folder by folder; of what would happen on the server, the one thing that was chosen. */
export function LookTable({ look, kind }: { readonly look: LoadLook; readonly kind: Kind }) {
  const t = useText();
  const format = useFormats();
  const columns: readonly Figure[] = ['onServer', 'toLoad', 'heldBack', 'tooLarge', ...effectColumns[kind]];
  if (look.folders.length === 0) return null;
  return (
    // Focusable, so that a long list can be scrolled without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={t('look.byFolder')}>
      <Table className={classes.table} verticalSpacing={4} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th fw={500}>{t('look.column.folder')}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column} fw={500}>
                {t(titles[column])}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {look.folders.map((folder) => (
            <Table.Tr key={folder.path}>
              <Table.Td>{folder.path}</Table.Td>
              {columns.map((column) => (
                <Table.Td key={column} data-danger={(column === 'toDelete' && folder.toDelete > 0) || undefined}>
                  {format.wholeNumber(folder[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
