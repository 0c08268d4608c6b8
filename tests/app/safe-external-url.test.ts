import { expect, test } from 'vitest';
import { safeExternalUrl } from '../../src-main/app/safe-external-url.ts';

test.each(['https://example.com/a?b=c', 'http://example.com/', 'mailto:anna@example.com'])('%s is opened', (url) => {
  expect(safeExternalUrl(url)).toBe(url);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'file:///etc/passwd',
  'smb://server/share',
  '\\\\server\\share',
  'ftp://example.com',
  'data:text/html,x',
  'vbscript:x',
  'ms-msdt:/id',
  'search-ms:query=x',
  'app://bundle/index.html',
  'not a url',
  '',
])('%s is refused', (url) => {
  expect(() => safeExternalUrl(url)).toThrow(expect.objectContaining({ code: 'link.refused' }));
});
