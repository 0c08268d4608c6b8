import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';

let canary: Server;
let canaryPort: number;
let seen: string[] = [];
let opened: ConsoleWindow;

test.beforeAll(async () => {
  canary = createServer((request, response) => {
    seen.push(request.url ?? '');
    // Whatever could be let in by an answer's headers is: only the console's own walls are tried.
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('reached');
  });
  await new Promise<void>((ready) => canary.listen(0, '127.0.0.1', ready));
  canaryPort = (canary.address() as AddressInfo).port;
  opened = await openConsoleWindow({ args: ['--lang=en-US'] });
  await opened.page.getByRole('button', { name: 'Start the demo company' }).waitFor();
});

test.afterAll(async () => {
  await opened?.close();
  canary?.closeAllConnections();
  canary?.close();
});

test.beforeEach(() => {
  seen = [];
});

test('every window is sandboxed, isolated and without Node', async () => {
  const windows = await opened.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Electron has it and does not declare it.
      const asked = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> | null };
      const given = asked.getLastWebPreferences();
      const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'webviewTag', 'webSecurity'];
      return Object.fromEntries(names.map((name) => [name, given?.[name]]));
    }),
  );
  expect(windows).toEqual([
    { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, webSecurity: true },
  ]);
});

test('every answer of the page’s scheme carries the policy, refusals as well', async () => {
  const answers = await opened.page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/nothing-here',
      '/..%2fmain%2fmain.cjs',
      '/%2e%2e%2fmain/main.cjs',
      '/%00',
      '/..%5c',
    ];
    return Promise.all(
      paths.map(async (path) => {
        const answer = await fetch(`app://bundle${path}`);
        const header = (name: string) => answer.headers.get(name) ?? '';
        const [policy, sniffing] = [header('content-security-policy'), header('x-content-type-options')];
        return { path, status: answer.status, policy, sniffing, empty: (await answer.text()) === '' };
      }),
    );
  });
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404, 404]);
  for (const { path, status, policy, sniffing, empty } of answers) {
    const directives = policy.split('; ');
    expect(directives, path).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"]),
    );
    expect(policy, path).not.toContain('unsafe-eval');
    expect(sniffing, path).toBe('nosniff');
    expect(empty, path).toBe(status !== 200);
  }
});

test('the page knows two functions of the console and nothing of Node or Electron', async () => {
  const found = await opened.page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'];
    const { mailroom } = window as unknown as { mailroom: Record<string, unknown> };
    return {
      bridge: Object.keys(mailroom).sort(),
      kinds: Object.values(mailroom).map((value) => typeof value),
      foreign: names.filter((name) => name in window),
    };
  });
  expect(found).toEqual({ bridge: ['onAnswer', 'send'], kinds: ['function', 'function'], foreign: [] });
});

test('the page is refused every permission', async () => {
  const answers = await opened.page.evaluate(async () => {
    const name = (error: unknown) => (error instanceof Error ? error.name : String(error));
    const states = await Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map(async (permission) => {
        const { state } = await navigator.permissions.query({ name: permission as PermissionName });
        return `${permission} ${state}`;
      }),
    );
    return {
      states,
      notification: await Notification.requestPermission(),
      media: await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => 'given', name),
      screen: await navigator.mediaDevices.getDisplayMedia({ video: true }).then(() => 'given', name),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code),
        ),
      ),
      clipboard: await navigator.clipboard.readText().then(() => 'given', name),
    };
  });
  for (const state of answers.states) expect(state).toMatch(/ denied$/);
  expect(answers.notification).toBe('denied');
  expect(answers.media).not.toBe('given');
  expect(answers.screen).not.toBe('given');
  // 1: refused, as against 2: not known where.
  expect(answers.place).toBe(1);
  expect(answers.clipboard).toBe('NotAllowedError');
});

test('no new window opens, whatever asks for it', async () => {
  const answers = await opened.page.evaluate((port) => {
    const link = Object.assign(document.createElement('a'), {
      href: `http://127.0.0.1:${port}/link`,
      target: '_blank',
    });
    document.body.append(link);
    link.click();
    link.remove();
    const targets = [
      `http://127.0.0.1:${port}/open`,
      'about:blank',
      'app://bundle/index.html',
      'file:///etc/passwd',
      '',
    ];
    return targets.map((target) => window.open(target));
  }, canaryPort);
  expect(answers).toEqual([null, null, null, null, null]);
  expect(await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(seen).toEqual([]);
});

test('no address leads away from the page', async () => {
  const { app, page } = opened;
  const away = [
    ...['javascript:window.ran=1', 'javascript:"<h1>gone</h1>"', 'data:text/html,gone', 'blob:null/0'],
    ...['file:///etc/passwd', 'file://server/share/run.exe', '\\\\server\\share\\run.exe', '//server/share'],
    ...[`http://127.0.0.1:${canaryPort}/away`, `https://127.0.0.1:${canaryPort}/`, `ws://127.0.0.1:${canaryPort}/`],
    ...['app://other/index.html', 'app:///index.html', 'app://bundle.evil/', 'app://bundle@other/'],
    ...[
      'mailto:someone@example.org',
      'chrome://gpu',
      'devtools://devtools/bundled/inspector.html',
      'view-source:app://bundle/',
    ],
    ...['ftp://127.0.0.1/', 'smb://server/share', 'ms-settings:', 'vbscript:run', 'intent://x#Intent;end', 'tel:1'],
  ];
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const visited: string[] = [];
    Object.assign(globalThis, { visited });
    window?.webContents.on('did-navigate', (_event, url) => visited.push(url));
  });
  const visited = () => app.evaluate(() => (globalThis as unknown as { visited: string[] }).visited);
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  for (const url of away) {
    await page.evaluate((target) => {
      try {
        location.href = target;
      } catch {
        // Some of them are not addresses at all.
      }
    }, url);
    // A way through the main process: by then a navigation would have been asked for.
    expect(await visited(), url).toEqual([]);
  }
  await page.evaluate(() => {
    location.href = URL.createObjectURL(new Blob(['<h1>gone</h1>'], { type: 'text/html' }));
  });
  expect(await visited(), 'blob:').toEqual([]);
  expect(await page.evaluate(() => 'stillHere' in window && !('ran' in window))).toBe(true);
  expect(page.url()).toMatch(/^app:\/\/bundle\//);
  expect(seen).toEqual([]);

  // The control: a way that is open is taken, and seen by the same means.
  await page.evaluate(() => location.assign('app://bundle/index.html?again'));
  await expect.poll(visited).toEqual(['app://bundle/index.html?again']);
  // Asked while the old document goes, the question goes with it.
  const stillHere = () => page.evaluate(() => 'stillHere' in window).catch(() => true);
  await expect.poll(stillHere).toBe(false);
});

test('the empty page, which Chromium opens without asking, gives way to the console', async () => {
  const { page } = opened;
  for (const url of ['about:blank', 'about:srcdoc']) {
    await page.evaluate((target) => {
      Object.assign(window, { before: true });
      setTimeout(() => location.assign(target), 0);
    }, url);
    await page.waitForFunction(() => !('before' in window) && location.protocol === 'app:');
    await expect(page.getByRole('button', { name: 'Start the demo company' })).toBeVisible();
  }
});

test('the page reaches no server', async () => {
  const tried = await opened.page.evaluate(async (port) => {
    const server = `http://127.0.0.1:${port}`;
    const outcome = (promise: Promise<unknown>) =>
      promise.then(
        () => 'reached',
        () => 'refused',
      );
    const element = (kind: string, attributes: object) =>
      new Promise((resolve, reject) => {
        const made = Object.assign(document.createElement(kind), attributes, { onload: resolve, onerror: reject });
        document.body.append(made);
      });
    const socket = new Promise((resolve, reject) => {
      const made = new WebSocket(`ws://127.0.0.1:${port}/socket`);
      Object.assign(made, { onopen: resolve, onerror: reject });
    });
    const request = new Promise((resolve, reject) => {
      const made = new XMLHttpRequest();
      Object.assign(made, { onload: resolve, onerror: reject });
      made.open('POST', `${server}/request`);
      made.send('x');
    });
    navigator.sendBeacon(`${server}/beacon`, 'x');
    const frame = Object.assign(document.createElement('iframe'), { src: `${server}/frame` });
    document.body.append(frame);
    const form = Object.assign(document.createElement('form'), { action: `${server}/form`, method: 'post' });
    document.body.append(form);
    form.submit();
    return Promise.all([
      outcome(fetch(`${server}/fetch`)),
      outcome(fetch(`${server}/no-cors`, { mode: 'no-cors' })),
      outcome(element('img', { src: `${server}/picture` })),
      outcome(element('script', { src: `${server}/script` })),
      outcome(element('link', { rel: 'stylesheet', href: `${server}/sheet` })),
      outcome(socket),
      outcome(request),
    ]);
  }, canaryPort);
  expect(tried).toEqual(tried.map(() => 'refused'));
  // The control comes last: what the page had sent would have come before it.
  await fetch(`http://127.0.0.1:${canaryPort}/control`);
  expect(seen).toEqual(['/control']);
});
