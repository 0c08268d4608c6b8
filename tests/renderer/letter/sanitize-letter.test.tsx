import { describe, expect, it } from 'vitest';
import { letterDocument } from '../../../src-renderer/letter/letter-document.ts';
import { sanitizeLetter } from '../../../src-renderer/letter/sanitize-letter.ts';
import { findDangers } from './find-dangers.ts';
import { hostileSnippets } from './hostile-snippets.ts';

const none = { inline: {}, remote: {} };
const pixel = 'data:image/png;base64,iVBORw0KGgo=';

describe('a hostile letter is made harmless', () => {
  it.each(hostileSnippets)('%s', (_name, html) => {
    expect(findDangers(html), 'the snippet itself must be dangerous').not.toEqual([]);
    expect(findDangers(sanitizeLetter(html, none).html)).toEqual([]);
  });

  it('is harmless in the middle of an honest letter, too', () => {
    for (const [name, html] of hostileSnippets) {
      const clean = sanitizeLetter(`<table><tr><td><p>Good day</p>${html}</td></tr></table>`, none).html;
      expect(findDangers(clean), name).toEqual([]);
    }
  });

  it('names no outside address in the document of the frame', () => {
    for (const [name, html] of hostileSnippets) {
      const { body, head } = new DOMParser().parseFromString(
        letterDocument(sanitizeLetter(html, none), 'light'),
        'text/html',
      );
      for (const element of [...body.querySelectorAll('*'), ...head.querySelectorAll('*')]) {
        for (const { name: attribute, value } of element.attributes) {
          // The hover text of a link says where it leads; that loads nothing.
          if (attribute !== 'title') expect(value, `${name}: ${attribute}`).not.toMatch(/evil\.test/);
        }
      }
    }
  });
});

describe('what an honest letter keeps', () => {
  it('its structure, style attributes, classes and style sheet', () => {
    const { html } = sanitizeLetter(
      '<html><head><style><!-- p.a { margin: 4px } --> @media (max-width:600px){ p{font-size:12px} }</style></head>' +
        '<body><p class="a" style="margin-left:8px;font-weight:bold">Hello <b>you</b></p></body></html>',
      none,
    );
    expect(html).toContain('p.a { margin: 4px }');
    expect(html).toContain('@media (max-width:600px)');
    expect(html).toContain('style="margin-left:8px;font-weight:bold"');
    expect(html).toContain('<b>you</b>');
  });

  it('pictures of its own by content id, percent-encoded or not', () => {
    const { html, remotePictures } = sanitizeLetter('<img src="cid:logo@x"><img src="CID:a%40b">', {
      inline: { 'logo@x': pixel, 'a@b': pixel },
      remote: {},
    });
    expect(html.match(/data:image\/png/g)).toHaveLength(2);
    expect(remotePictures).toEqual([]);
  });

  it('outside pictures only once they were fetched, and counts them before', () => {
    const letter = '<img src="https://a.test/1.png"><img src="//a.test/2.png"><img src="https://a.test/1.png">';
    const before = sanitizeLetter(letter, none);
    expect(before.html).not.toContain('a.test');
    expect(before.remotePictures).toEqual(['https://a.test/1.png', 'https://a.test/2.png']);
    const after = sanitizeLetter(letter, { inline: {}, remote: { 'https://a.test/1.png': pixel } });
    expect(after.html.match(/data:image\/png/g)).toHaveLength(2);
    expect(after.remotePictures).toEqual(['https://a.test/2.png']);
  });

  it('a fetched picture that is not pixels stays out', () => {
    const svg = 'data:image/svg+xml;base64,PHN2Zy8+';
    const { html } = sanitizeLetter('<img src="https://a.test/1.svg">', {
      inline: {},
      remote: { 'https://a.test/1.svg': svg },
    });
    expect(html).not.toContain('svg');
  });

  it('its links, with their real host, outside of the frame', () => {
    const { html, links } = sanitizeLetter(
      '<a href="https://evil.test/login">www.bank.test</a> <a href="mailto:a%40b@x.test">write</a>' +
        '<a href="https://www.shop.test/a">shop.test</a><a href="ftp://x.test/">f</a>',
      none,
    );
    expect(html).not.toContain('href');
    expect(links.map(({ target, misleading }) => [target, misleading])).toEqual([
      ['evil.test', true],
      ['a@b@x.test', false],
      ['www.shop.test', false],
    ]);
  });

  it('light paper where it chose colours, the colours of the console where it did not', () => {
    expect(sanitizeLetter('<p>plain</p>', none).paper).toBeNull();
    expect(sanitizeLetter('<p style="color:#000">x</p>', none).paper?.background).toBe('#ffffff');
    expect(sanitizeLetter('<body bgcolor="#102030" text="white">x</body>', none).paper).toEqual({
      background: '#102030',
      text: 'white',
    });
    expect(sanitizeLetter('<body bgcolor="red;}*{x:url(//e)">x</body>', none).paper?.background).toBe('#ffffff');
  });
});

it('the frame has a policy of its own that forbids scripts and the network', () => {
  const page = new DOMParser().parseFromString(letterDocument(sanitizeLetter('<p>x</p>', none), 'dark'), 'text/html');
  const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('img-src data:;');
  expect(policy).not.toContain('script-src');
  expect(policy).not.toMatch(/https?:|\*/);
});
