import { expect, test } from 'vitest';
import type { FolderRole, ServerFolder } from '../../../../src-shared/domain/folder.ts';
import type { FolderId } from '../../../../src-shared/domain/ids.ts';
import { type FolderHere, matchFolders } from '../../../../src-shared/domain/match-folders.ts';

let next = 1;
const here = (path: string, role: FolderRole | null = null, separator = '.'): FolderHere => {
  next += 1;
  return { folderId: next as FolderId, path, separator, role };
};
const there = (path: string, role: FolderRole | null = null, selectable = true): ServerFolder => ({
  ...{ path, role, selectable, name: path, separator: '/', identity: null },
});

function matched(known: readonly FolderHere[], listed: readonly ServerFolder[]) {
  const found = matchFolders(known, listed);
  return known.map(({ folderId, path }) => [path, found.get(folderId)?.path ?? null]);
}

test('a folder is the same by inbox, path, names of its levels, or what it is kept for', () => {
  const known = [here('Inbox', 'inbox'), here('Archive'), here('Projects.Rennes'), here('Sent', 'sent'), here('Old')];
  const listed = [
    there('INBOX', 'inbox'),
    there('Archive', 'archive'),
    there('Projects', null, false),
    there('Projects/Rennes'),
    there('Отправленные', 'sent'),
  ];
  expect(matched(known, listed)).toEqual([
    ['Inbox', 'INBOX'],
    ['Archive', 'Archive'],
    ['Projects.Rennes', 'Projects/Rennes'],
    ['Sent', 'Отправленные'],
    ['Old', null],
  ]);
});

test('none is taken twice, and two that may be it are neither', () => {
  expect(matched([here('Sent', 'sent'), here('Sent Items', 'sent')], [there('Sent Items', 'sent')])).toEqual([
    ['Sent', null],
    ['Sent Items', 'Sent Items'],
  ]);
  expect(matched([here('Sent', 'sent')], [there('A', 'sent'), there('B', 'sent')])).toEqual([['Sent', null]]);
});

test('what a server puts before every path is no part of a name, and what is another user’s is not one’s own', () => {
  const prefixed = { ...here('INBOX.Projects'), prefix: 'INBOX.' };
  expect(matched([prefixed], [there('Projects')])).toEqual([['INBOX.Projects', 'Projects']]);
  const foreign = { ...here('user.eve.Projects'), namespace: 'others' as const, prefix: 'user.eve.' };
  expect(matched([foreign], [there('Projects')])).toEqual([['user.eve.Projects', null]]);
});
