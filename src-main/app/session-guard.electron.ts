import { app, type Session, session, type WebContents } from 'electron';
import { appOrigin, appScheme } from './app-origin.ts';

// devtools: only reaches the developer's own tools, which no page can open.
const allowedProtocols = new Set([`${appScheme}:`, 'data:', 'devtools:']);

/** The page has no permissions and no network: what it needs, it asks the main process for. */
export function guardSession(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !allowedProtocols.has(new URL(details.url).protocol) });
  });
  own.on('will-download', (event) => event.preventDefault());
}

/**
 * Chromium fetches a dictionary for its own spelling checker at each start, even where no window checks spelling: a call
 * to a stranger's server that no person asked for. Without a language there is none to fetch.
 * In the first moment of `ready`: a later one comes after the question (seen with Electron 33 at a proxy).
 */
export function fetchNoDictionaries(): void {
  app.once('ready', () => session.defaultSession.setSpellCheckerLanguages([]));
}

/** For every web contents there will ever be: no way out of our page, no new windows, no webviews. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      if (!url.startsWith(`${appOrigin}/`)) event.preventDefault();
    };
    contents.on('will-navigate', (details) => stay(details, details.url));
    contents.on('will-redirect', (details) => stay(details, details.url));
    contents.on('will-frame-navigate', (details) => {
      // A frame holds a letter: our page fills it, and it goes nowhere by itself.
      if (!details.isMainFrame && details.url === 'about:srcdoc') return;
      if (!details.isMainFrame || !details.url.startsWith(`${appOrigin}/`)) details.preventDefault();
    });
    contents.on('did-start-navigation', ({ url, isMainFrame }) => {
      // Chromium asks nobody before it goes to about: addresses; what can be done is to come back.
      if (isMainFrame && url.startsWith('about:')) setImmediate(() => returnToPage(contents));
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function returnToPage(contents: WebContents): void {
  if (!contents.isDestroyed()) void contents.loadURL(`${appOrigin}/index.html`).catch(() => undefined);
}
