import type { FolderLook, LoadLook } from '../../src-shared/domain/loading.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { table } from './table.ts';
import { visibleLine } from './visible-text.ts';

/** What loading would do, in numbers, before anything is done. */
export function lookLines(look: LoadLook, translate: Translate): string[] {
  const { toLoad, toMark, toMove, toDelete, folders, loadedBefore, missingFolders, providerMbPerDay } = look;
  const touches = toMark + toMove + toDelete > 0;
  const figures = { count: toLoad, folders: folders.length, toMark, toMove, toDelete };
  return [
    ...table(
      [
        translate('terminal.head.folder'),
        translate('terminal.head.on-server'),
        translate('terminal.head.to-load'),
        translate('terminal.head.held-back'),
        translate('terminal.head.too-large'),
        translate('terminal.head.to-mark'),
        translate('terminal.head.to-move'),
        translate('terminal.head.to-delete'),
      ],
      folders.map(folderRow),
    ),
    translate(touches ? 'terminal.mailbox.touches' : 'terminal.mailbox.preview', figures),
    translate('terminal.look.answers'),
    ...(toLoad === 0 ? [] : [sizeLine(look, translate)]),
    ...(loadedBefore === 0 ? [] : [translate('terminal.look.loaded-before', { count: loadedBefore })]),
    ...(providerMbPerDay === null ? [] : [translate('terminal.look.provider', { megabytes: providerMbPerDay })]),
    ...missingFolders.map((folder) => translate('terminal.look.missing', { folder: visibleLine(folder) })),
  ];
}

function folderRow(look: FolderLook): (string | number)[] {
  const { path, onServer, toLoad, heldBack, tooLarge, toMark, toMove, toDelete } = look;
  return [path, onServer, toLoad, heldBack, tooLarge, toMark, toMove, toDelete];
}

const megabyte = 1024 * 1024;

function sizeLine({ bytes, seconds }: LoadLook, translate: Translate): string {
  const megabytes = bytes / megabyte;
  if (seconds === null) return translate('terminal.look.size', { megabytes });
  const { unit, amount } = roughly(seconds);
  return translate('terminal.look.size-and-time', { megabytes, time: translate(`terminal.look.${unit}`, { amount }) });
}

/** An estimate is not worth two units. */
function roughly(seconds: number): { readonly unit: 'seconds' | 'minutes' | 'hours'; readonly amount: number } {
  if (seconds < 90) return { unit: 'seconds', amount: seconds };
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? { unit: 'minutes', amount: minutes } : { unit: 'hours', amount: Math.round(minutes / 60) };
}
