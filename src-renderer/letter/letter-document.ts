import type { CleanLetter } from './sanitize-letter.ts';

/** No script, no network, no form, no frame: pictures only as data, styles only from within. */
export const letterPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const consolePaper = {
  light: { background: '#ffffff', text: '#1d1d22', faint: '#d3d3da', link: '#4250c4' },
  dark: { background: '#17171b', text: '#e6e6ea', faint: '#3c3c46', link: '#a3affa' },
} as const;

/**
 * The document of the letter's frame. The clean letter is put into its body unchanged, in the context in which it
 * was sanitised.
 */
export function letterDocument({ html, paper }: CleanLetter, scheme: 'light' | 'dark'): string {
  const own = consolePaper[paper ? 'light' : scheme];
  const { background, text } = paper ?? own;
  return [
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${letterPolicy}">`,
    '<meta name="referrer" content="no-referrer"><style>',
    `:root{color-scheme:${paper ? 'light' : scheme}}`,
    `body{margin:0;padding:16px 20px;background:${background};color:${text};`,
    'font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}',
    'img{max-width:100%;height:auto}img:not([src]){background:#80808020;border-radius:4px}pre{white-space:pre-wrap}table{max-width:100%}',
    `blockquote{margin:8px 0 8px 2px;padding-left:12px;border-left:2px solid ${own.faint}}`,
    `a.mailroom-link{color:${own.link};text-decoration:underline;cursor:help}`,
    '</style></head><body>',
    html,
    '</body></html>',
  ].join('');
}
