import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type LoadedProfile, loadedProfile } from '../support/e2e-profile.ts';

interface HostileLetter {
  readonly subject: string;
  /** What it sends to the canary is to begin with this path. */
  readonly html: (canary: string) => string;
  /** It reaches the canary by being looked at, where nothing protects the reader; the others need a click or leave the page. */
  readonly byItself: boolean;
}

const hostileLetters: readonly HostileLetter[] = [
  {
    subject: 'A script',
    byItself: true,
    html: (canary) =>
      `<script src="${canary}/file"></script><script>fetch('${canary}/inline',{mode:'no-cors'})</script>`,
  },
  {
    subject: 'A picture that fails',
    byItself: true,
    html: (canary) =>
      `<img src="data:x" onerror="new Image().src='${canary}'"><body onload="new Image().src='${canary}'">`,
  },
  {
    subject: 'A picture from outside',
    byItself: true,
    html: (canary) =>
      `<img src="${canary}/src" srcset="${canary}/set 2x"><table background="${canary}/paper"><tr><td>.</td></tr></table>
       <video poster="${canary}/poster" src="${canary}/video"></video><input type="image" src="${canary}/input">`,
  },
  {
    subject: 'A style sheet',
    byItself: true,
    html: (canary) =>
      `<style>@import url("${canary}/import");@font-face{font-family:f;src:url(${canary}/font)}p{font-family:f}</style>
       <link rel="stylesheet" href="${canary}/link"><link rel="prefetch" href="${canary}/prefetch">
       <p style="background:url(${canary}/paper);list-style-image:u\\72l(${canary}/escaped)">styled</p>`,
  },
  {
    subject: 'A drawing',
    byItself: true,
    html: (canary) =>
      `<svg onload="new Image().src='${canary}/onload'"><image href="${canary}/image" width="9" height="9"/>
       <use href="${canary}/use#x"/><foreignObject><img src="${canary}/foreign"></foreignObject></svg>`,
  },
  {
    subject: 'A frame',
    byItself: true,
    html: (canary) =>
      `<iframe src="${canary}/frame"></iframe><object data="${canary}/object"></object><embed src="${canary}/embed">
       <iframe srcdoc="<img src='${canary}/inner'>"></iframe>`,
  },
  {
    subject: 'Markup that changes when it is cleaned',
    byItself: true,
    html: (canary) =>
      `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=fetch('${canary}')&gt;">
       </mglyph></table></mtext></math><noscript><p title="</noscript><img src=1 onerror=fetch('${canary}')>"></noscript>
       <svg></p><style><a id="</style><img src=1 onerror=fetch('${canary}/style')>">`,
  },
  {
    subject: 'A page that leads on',
    byItself: false,
    html: (canary) => `<meta http-equiv="refresh" content="0;url=${canary}"><base href="${canary}/base/">`,
  },
  {
    subject: 'A form',
    byItself: false,
    html: (canary) =>
      `<form action="${canary}"><input name="password" autofocus onfocus="form.submit()"><button>Press here</button></form>`,
  },
  {
    subject: 'A link with a script',
    byItself: false,
    html: (canary) =>
      `<a href="javascript:fetch('${canary}')">Press here</a><a href="${canary}" target="_top" ping="${canary}/ping">or here</a>
       <map name="m"><area href="${canary}/area" shape="rect" coords="0,0,99,99"></map>`,
  },
];

let canary: Server;
let canaryUrl: string;
let seen: string[] = [];
let dovecot: Dovecot;
let profile: LoadedProfile;
let opened: ConsoleWindow;

test.beforeAll(async () => {
  canary = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/gif', 'access-control-allow-origin': '*' }).end();
  });
  await new Promise<void>((ready) => canary.listen(0, '127.0.0.1', ready));
  canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  dovecot = await startDovecot();
  for (const letter of hostileLetters) await deliver(dovecot, 'desk', rawLetter(letter));
  profile = await loadedProfile(dovecot);
  opened = await openConsoleWindow({ profile: profile.dir, args: ['--lang=en-US'], env: profile.env });
});

test.afterAll(async () => {
  await opened?.close();
  await dovecot?.stop();
  canary?.closeAllConnections();
  canary?.close();
  if (profile) rmSync(profile.dir, { recursive: true, force: true });
});

test.beforeEach(() => {
  seen = [];
});

for (const { subject } of hostileLetters) {
  test(`“${subject}” reaches nobody when it is read`, async () => {
    const { page } = opened;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    const article = await openLetter(page, subject);
    const frame = article.getByTitle('Text of the letter');
    await expect(frame.contentFrame().getByText('The beginning.')).toBeVisible();
    const root = frame.contentFrame().locator(':root');
    await expect.poll(() => root.evaluate(({ ownerDocument }) => ownerDocument.readyState)).toBe('complete');
    expect(await frame.getAttribute('sandbox')).toBe('');
    expect(await frame.getAttribute('src')).toBeNull();
    const shown = (await frame.getAttribute('srcdoc')) ?? '';
    expect(shown).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;`);
    // What the policy would stop is not even there.
    expect(shown).not.toMatch(
      /<(?:script|iframe|object|embed|form|base|link|svg|math)\b|\son[a-z]+=|javascript:|\shref=/i,
    );

    for (const bait of await frame.contentFrame().getByText('here').all()) await bait.click();
    expect(page.url()).toMatch(/^app:\/\/bundle\//);
    expect(opened.app.windows()).toHaveLength(1);
    expect(dialogs).toEqual([]);
    await fetch(`${canaryUrl}/control`);
    expect(seen).toEqual(['/control']);
  });
}

test('pictures of this machine’s own network stay outside when the reader asks for them', async () => {
  const article = await openLetter(opened.page, 'A picture from outside');
  await article.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(article.getByText('1 picture could not be fetched')).toBeVisible();
  await fetch(`${canaryUrl}/control`);
  expect(seen).toEqual(['/control']);
});

test('the same letters reach their sender where nothing protects the reader', async () => {
  const attacks = hostileLetters.filter(({ byItself }) => byItself);
  for (const letter of attacks) {
    await opened.app.evaluate(
      async ({ BrowserWindow }, html) => {
        // A session of its own, without the console's guard and policy.
        const window = new BrowserWindow({ show: false, webPreferences: { partition: 'unprotected', sandbox: true } });
        await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
      },
      letter.html(pathOf(letter)),
    );
    await expect
      .poll(() => seen.some((url) => pathOf(letter).endsWith(`/${url.split('/')[1]}`)), letter.subject)
      .toBe(true);
  }
  await opened.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.webContents.getURL().startsWith('app:')) window.destroy();
    }
  });
});

function pathOf({ subject }: HostileLetter): string {
  return `${canaryUrl}/${subject.toLowerCase().replaceAll(' ', '-')}`;
}

function rawLetter(letter: HostileLetter): string {
  return [
    'From: Stranger <stranger@elsewhere.test>',
    'To: desk@localhost',
    `Subject: ${letter.subject}`,
    `Message-ID: <${letter.subject.replaceAll(' ', '.')}@elsewhere.test>`,
    'Date: Mon, 12 Oct 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>The beginning.</p>${letter.html(pathOf(letter))}</body></html>`,
    '',
  ].join('\r\n');
}

async function openLetter(page: Page, subject: string): Promise<Locator> {
  await page.getByRole('navigation').getByRole('link', { name: 'Mail', exact: true }).first().click();
  await page.getByRole('region', { name: 'Letters' }).getByText(subject, { exact: true }).click();
  const article = page.getByRole('article', { name: subject });
  await expect(article).toBeVisible();
  return article;
}
