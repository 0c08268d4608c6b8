import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageFile } from '../../src-main/app/page-file.ts';

let folder: string;
let page: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailroom-page-'));
  page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html>');
  writeFileSync(join(page, 'assets', 'a b.js'), '');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(page, 'link.txt'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the page's own files are found", async () => {
  expect(await pageFile(page, '/')).toBe(join(page, 'index.html'));
  expect(await pageFile(page, '/assets/a%20b.js')).toBe(join(page, 'assets', 'a b.js'));
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/..\\secret.txt',
  '/index.html%00.js',
  '/link.txt',
  '//etc/passwd',
  '/%E0%A4%A',
  '/missing.js',
])('%s is not found', async (path) => {
  expect(await pageFile(page, path)).toBeNull();
});
