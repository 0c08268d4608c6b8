import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { appHost, appScheme } from './app-origin.ts';
import { pageFile } from './page-file.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Nothing but the page's own files, no connection anywhere. Inline styles are what Mantine and virtual lists position with; a letter's frame
 * (srcdoc) inherits all of this and adds its own, so its pictures can only be data.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "webrtc 'block'",
].join('; ');

const everyAnswerCarries = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** Before `ready`. No `corsEnabled`: it would let other origins read (CVE-2026-70604). */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves `folder` as app://bundle/. Reads by fs, which sees into the asar. */
export function servePage(session: Session, folder: string): void {
  const refuse = (status: number) => new Response('', { status, headers: everyAnswerCarries });
  session.protocol.handle(appScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== appHost || request.method !== 'GET') return refuse(404);
    const file = await pageFile(folder, pathname);
    if (!file) return refuse(404);
    const body = await readFile(file);
    const type = contentTypes[extname(file)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(body), { headers: { ...everyAnswerCarries, 'content-type': type } });
  });
}
