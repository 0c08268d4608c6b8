import { Table } from '@mantine/core';
import type { FolderReport } from '../../src-shared/domain/loading.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './last-report.module.css';

const figures = ['onServer', 'loaded', 'fresh', 'heldBack', 'failed'] as const;
type Figure = (typeof figures)[number];

/** From so many folders on, those without news are one line. */
const foldedFrom = 6;

export function ReportTable({ folders }: { readonly folders: readonly FolderReport[] }) {
  const t = useText();
  const calm = folders.filter(({ unchanged, problem }) => unchanged && problem === null);
  const folded = calm.length >= foldedFrom ? calm : [];
  const shown = folders.filter((folder) => !folded.includes(folder));
  const sum = (figure: Figure) => folded.reduce((all, folder) => all + folder[figure], 0);
  if (folders.length === 0) return null;
  return (
    <Table className={classes.table} verticalSpacing={6} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th fw={500}>{t('report.folder')}</Table.Th>
          {figures.map((figure) => (
            <Table.Th key={figure} fw={500}>
              {t(`report.${figure}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shown.map((folder) => (
          <Table.Tr key={folder.path}>
            <Table.Td>
              {folder.path}
              {folder.unchanged && <p className={classes.calm}>{t('report.unchanged')}</p>}
              {folder.problem && <p className={classes.problem}>{errorSentence(t, folder.problem).what}</p>}
            </Table.Td>
            <Figures of={(figure) => folder[figure]} />
          </Table.Tr>
        ))}
        {folded.length > 0 && (
          <Table.Tr>
            <Table.Td className={classes.calm}>{t('report.unchangedFolders', { count: folded.length })}</Table.Td>
            <Figures of={sum} />
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}

function Figures({ of }: { readonly of: (figure: Figure) => number }) {
  const format = useFormats();
  return figures.map((figure) => <Table.Td key={figure}>{format.wholeNumber(of(figure))}</Table.Td>);
}
