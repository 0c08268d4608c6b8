import { expect, test } from 'vitest';
import { readSource, sourceFiles } from './source-tree.ts';

/** What may stand in named files only, and where: each of these has been somebody's hole. */
const dangerous: readonly (readonly [what: string, pattern: RegExp, allowed: RegExp])[] = [
  [
    'raw IPC',
    /\bipc(Main|Renderer)\b|webContents\.send|contextBridge/,
    /^src-main\/(ipc\/window-transport|preload\/preload)\.electron\.ts$/,
  ],
  ["the page's bridge", /window\.mailroom\b/, /^src-renderer\/ipc\//],
  ["the system's shell", /\bshell\.(openExternal|openPath)/, /^src-main\/app\/external-links\.electron\.ts$/],
  ['new windows', /new BrowserWindow\b/, /^src-main\/app\/windows\.electron\.ts$/],
  ['raw HTML', /dangerouslySetInnerHTML|\.innerHTML\b|insertAdjacentHTML|document\.write/, /^$/],
  ['frames with markup', /srcDoc/, /^src-renderer\/letter\//],
  ['evaluated code', /\beval\(|new Function\(/, /^$/],
  ['loosened TLS', /rejectUnauthorized:\s*false/, /^src-main\/net\/tls\.ts$/],
  ['types switched off', /\bas any\b|:\s*any\b|@ts-(ignore|expect-error|nocheck)/, /^$/],
];

test.each(dangerous)('%s: only where it is allowed', (_what, pattern, allowed) => {
  const found = sourceFiles
    .filter((file) => file.startsWith('src-') && !allowed.test(file))
    .filter((file) => pattern.test(withoutComments(readSource(file))));
  expect(found).toEqual([]);
});

test('the patterns recognise what they are for', () => {
  const samples = [
    'ipcMain.on(',
    'window.mailroom',
    'shell.openExternal(',
    'new BrowserWindow(',
    'x.innerHTML = y',
    'srcDoc={x}',
    'eval(x)',
    'rejectUnauthorized: false',
    'x as any',
  ];
  expect(dangerous.map(([, pattern], at) => pattern.test(samples[at] ?? ''))).toEqual(samples.map(() => true));
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
