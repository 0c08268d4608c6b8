import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Letter } from '../../../src-shared/domain/message.ts';
import { cannedMail, letterFiles, pixel } from '../../support/canned-mail.ts';
import { openPage } from '../../support/fake-main.tsx';
import { layOut } from '../../support/laid-out.ts';
import { findDangers } from './find-dangers.ts';
import { hostileSnippets } from './hostile-snippets.ts';

let endLayout = () => {};
beforeEach(() => {
  endLayout = layOut();
});
afterEach(() => endLayout());

/** The mail screen with one letter open, changed as wished. */
function openLetter(change: Partial<Letter>, handlers: Parameters<typeof openPage>[1] = {}) {
  const canned = cannedMail();
  return openPage('/mail?letter=1000000', {
    handlers: {
      ...canned,
      'mail.letter': async (input, signal) => ({
        ...((await canned['mail.letter']?.(input, signal)) as Letter),
        ...change,
      }),
      ...handlers.handlers,
    },
  });
}
const frame = () => screen.findByTitle<HTMLIFrameElement>('Text of the letter');

it('a letter is shown in a frame that may do nothing, and never in the page itself', async () => {
  const hostile = hostileSnippets.map(([, html]) => html).filter((html) => !/plaintext|<template>|<!--/.test(html));
  openLetter({ html: `<p>Good day</p>${hostile.join('<hr>')}` });
  const shown = await frame();
  expect(shown.getAttribute('sandbox')).toBe('');
  expect(shown.hasAttribute('allow')).toBe(false);
  const markup = new DOMParser().parseFromString(shown.srcdoc, 'text/html').body.innerHTML;
  expect(markup).toContain('Good day');
  expect(findDangers(markup)).toEqual([]);
  expect(document.body.innerHTML.replace(/srcdoc="[^"]*"/g, '')).not.toContain('evil.test/pixel');
  expect(document.querySelectorAll('iframe')).toHaveLength(1);
});

it('pictures from outside are fetched on a click, by the main process, and only those', async () => {
  const user = userEvent.setup();
  const { main } = openLetter(
    { html: '<img src="https://a.test/1.png"><img src="https://b.test/2.png"><img src="cid:x">' },
    { handlers: { 'mail.remotePictures': async () => ({ 'https://a.test/1.png': pixel }) } },
  );
  expect((await frame()).srcdoc).not.toContain('a.test');
  expect(await screen.findByText(/2 pictures from outside are not shown/)).toBeInTheDocument();
  expect(main.calls.some(({ name }) => name === 'mail.remotePictures')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Show' }));
  await waitFor(async () => expect((await frame()).srcdoc).toContain(pixel));
  expect(main.calls.find(({ name }) => name === 'mail.remotePictures')?.input).toEqual({
    urls: ['https://a.test/1.png', 'https://b.test/2.png'],
  });
  expect((await frame()).srcdoc).not.toMatch(/[ab]\.test/);
  expect(await screen.findByText('1 picture could not be fetched')).toBeInTheDocument();
});

it('pictures inside the letter are shown by themselves', async () => {
  openLetter({ html: '<img src="cid:logo@tracker">' });
  await waitFor(async () => expect((await frame()).srcdoc).toContain(pixel));
});

it('links stand beside the letter with the place they really lead to', async () => {
  const user = userEvent.setup();
  const { main } = openLetter({
    html: '<a href="https://evil.test/login">www.bank.test</a><a href="javascript:x()">no</a>',
  });
  await user.click(await screen.findByRole('button', { name: '1 link' }));
  const panel = await screen.findByRole('dialog', { name: '1 link' });
  expect(within(panel).getByText('The text names another address')).toBeInTheDocument();
  await user.click(within(panel).getByRole('button', { name: 'Open evil.test' }));
  expect(main.calls.find(({ name }) => name === 'links.open')?.input).toEqual({ url: 'https://evil.test/login' });
});

it('a file is saved, never opened; one that can run programs says so', async () => {
  const user = userEvent.setup();
  const { main } = openLetter({ attachments: letterFiles });
  const files = within(await screen.findByRole('list', { name: '3 attachments' }));
  expect(files.getAllByText(/Can run programs/)).toHaveLength(1);
  await user.click(files.getByRole('button', { name: 'Save invoice.pdf.exe as…' }));
  expect(main.calls.find(({ name }) => name === 'mail.saveAttachment')?.input).toEqual({
    messageId: 1_000_000,
    index: 2,
  });
  expect(await screen.findByText('Saved: /home/user/Downloads/protocol.pdf')).toBeInTheDocument();
  expect(document.querySelector('a[download], a[href^="blob:"]')).toBeNull();
});

it('a letter that could not be read says why and offers its source', async () => {
  const user = userEvent.setup();
  openPage('/mail?letter=999993', { handlers: cannedMail() });
  expect(await screen.findByText('This letter could not be read')).toBeInTheDocument();
  expect(screen.queryByRole('radio', { name: 'Headers' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show source' }));
  expect(await screen.findByText(/^Received: from mx.example.com/)).toBeInTheDocument();
  expect(screen.getByText('1–100,000 of 180,000 bytes')).toBeInTheDocument();
});

it('text of a letter is text: its markup is not', async () => {
  openLetter({ html: null, text: 'Look: <img src=x onerror=alert(1)> at https://example.com/a.' });
  expect(await screen.findByText(/<img src=x onerror=alert\(1\)>/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'https://example.com/a' })).toBeInTheDocument();
});

it('headers are listed and found', async () => {
  const user = userEvent.setup();
  openLetter({});
  await user.click(await screen.findByRole('radio', { name: 'Headers' }));
  expect(await screen.findByRole('rowheader', { name: 'Message-ID' })).toBeInTheDocument();
  fireEvent.change(screen.getByRole('textbox', { name: 'Find a header' }), { target: { value: 'received' } });
  expect(screen.queryByRole('rowheader', { name: 'Message-ID' })).not.toBeInTheDocument();
  expect(screen.getByRole('rowheader', { name: 'Received' })).toBeInTheDocument();
});
