import { expect, it } from 'vitest';
import { type FolderBranch, folderBranches } from '../../../src-renderer/mail/folder-branches.ts';
import type { Folder } from '../../../src-shared/domain/folder.ts';
import { cannedFolders, supportId } from '../../support/canned-mailboxes.ts';

const drawn = (branches: readonly FolderBranch[]): string[] =>
  branches.flatMap(({ folder, depth, children }) => ['  '.repeat(depth) + folder.path, ...drawn(children)]);

it('the usual folders come first, and folders lie in their parents', () => {
  expect(drawn(folderBranches(cannedFolders, supportId))).toEqual([
    'INBOX',
    'Sent',
    'Projects',
    '  Projects/Boiler house',
    'Junk',
  ]);
});

it('an empty folder that is not loaded is left out, unless something lies in it', () => {
  const folder = (path: string, more: Partial<Folder>): Folder => ({
    ...(cannedFolders[0] as Folder),
    path,
    name: path,
    role: null,
    selected: false,
    total: 0,
    ...more,
  });
  const folders = [folder('A', {}), folder('A/B', { selected: true }), folder('C', {}), folder('D', { total: 1 })];
  expect(drawn(folderBranches(folders, supportId))).toEqual(['A', '  A/B', 'D']);
});

it('a level that the server does not list is passed over', () => {
  const [inbox] = cannedFolders as readonly [Folder];
  const folders = [inbox, { ...inbox, path: 'INBOX/2026/May', name: 'May', role: null }];
  expect(drawn(folderBranches(folders, supportId))).toEqual(['INBOX', '  INBOX/2026/May']);
});
