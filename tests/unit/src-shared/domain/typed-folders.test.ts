import { expect, test } from 'vitest';
import { resolveTypedFolders, typedPath } from '../../../../src-shared/domain/typed-folders.ts';

function serverWith(separator: string, ...levels: readonly (readonly string[])[]) {
  return levels.map((path) => ({ path: path.join(separator), separator, selectable: true }));
}

const names = [['INBOX'], ['INBOX', 'Support'], ['INBOX', 'Support', '2026'], ['Заявки'], ['Заявки', 'Котельная']];

test.each(['.', '/', '\\'])('levels are typed with either slash where the server separates them by %s', (separator) => {
  const server = serverWith(separator, ...names);
  const typed = resolveTypedFolders('INBOX/Support, INBOX\\Support\\2026; Заявки/Котельная', server);
  expect(typed.unknown).toEqual([]);
  expect(typed.found).toEqual([
    ['INBOX', 'Support'].join(separator),
    ['INBOX', 'Support', '2026'].join(separator),
    ['Заявки', 'Котельная'].join(separator),
  ]);
});

test('a server without levels has its folders typed by name', () => {
  const server = serverWith('', ['INBOX'], ['Support']);
  expect(resolveTypedFolders('inbox; Support; INBOX/Support', server)).toEqual({
    found: ['INBOX', 'Support'],
    unknown: ['INBOX/Support'],
  });
});

test('the server’s own spelling is understood as well', () => {
  expect(resolveTypedFolders('INBOX.Support', serverWith('.', ...names)).found).toEqual(['INBOX.Support']);
});

test('a folder that is named in full goes before one whose prefix was left out', () => {
  const below = serverWith('.', ['INBOX'], ['INBOX', 'Sales']).map((folder) => ({ ...folder, prefix: 'INBOX.' }));
  const shared = { path: 'Sales', separator: '.', selectable: true, namespace: 'shared' as const };
  expect(resolveTypedFolders('Sales', below).found).toEqual(['INBOX.Sales']);
  expect(resolveTypedFolders('Sales, INBOX/Sales', [...below, shared]).found).toEqual(['Sales', 'INBOX.Sales']);
  expect(typedPath('Done', serverWith('/', ['INBOX'], ['INBOX', 'Sales']))).toBe('Done');
});

test('INBOX is written in any case, as itself and as the first level', () => {
  const server = serverWith('/', ...names);
  expect(resolveTypedFolders('inbox, Inbox/Support', server).found).toEqual(['INBOX', 'INBOX/Support']);
});

test('the case of other names counts only where two differ by nothing else', () => {
  const server = serverWith('/', ['Sales'], ['sales'], ['Orders']);
  expect(resolveTypedFolders('sales, Sales, orders', server).found).toEqual(['sales', 'Sales', 'Orders']);
});

test('a name is the same however its letters are composed', () => {
  const composed = 'Договоры й';
  const server = serverWith('/', [composed.normalize('NFD')]);
  expect(resolveTypedFolders(composed.normalize('NFC'), server).found).toEqual([composed.normalize('NFD')]);
  expect(resolveTypedFolders('ДОГОВОРЫ Й', server).found).toEqual([composed.normalize('NFD')]);
});

test('a folder is found once, and what is not there is given back as typed', () => {
  const server = serverWith('/', ...names);
  expect(resolveTypedFolders(' INBOX/Support ;; INBOX/Support, Nowhere/At all,', server)).toEqual({
    found: ['INBOX/Support'],
    unknown: ['Nowhere/At all'],
  });
  expect(resolveTypedFolders(' ; , ', server)).toEqual({ found: [], unknown: [] });
});

test('a comma in a folder’s name does not part it', () => {
  const server = serverWith('/', ['INBOX'], ['Smith, John'], ['a;b,c']);
  expect(resolveTypedFolders('INBOX, Smith, John; a;b,c', server)).toEqual({
    found: ['INBOX', 'Smith, John', 'a;b,c'],
    unknown: [],
  });
});

test('a level that only holds other folders cannot be loaded', () => {
  const server = [{ path: 'Archive', separator: '/', selectable: false }, ...serverWith('/', ['Archive', '2026'])];
  expect(resolveTypedFolders('Archive; Archive/2026', server)).toEqual({
    found: ['Archive/2026'],
    unknown: ['Archive'],
  });
});

test('a name with a slash in it is found where the server separates by something else', () => {
  expect(resolveTypedFolders('Projects/In/Out', serverWith('.', ['Projects', 'In/Out'])).found).toEqual([
    'Projects.In/Out',
  ]);
});

test('a folder that is not there yet is spelled as the server would', () => {
  const server = serverWith('.', ...names);
  expect(typedPath('inbox/support', server)).toBe('INBOX.Support');
  expect(typedPath(' inbox / Done\\2026 ', server)).toBe('INBOX.Done.2026');
  expect(typedPath('Обработано', server)).toBe('Обработано');
  expect(typedPath('Done/2026', [])).toBe('Done/2026');
});
