import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';

export interface Visit {
  /** Who signs in. */
  readonly login: string;
  /** The authority to trust. */
  readonly caPem: string;
  /** Refuses on the page of consent. */
  readonly denies?: boolean;
}

export interface LastPage {
  /** Where the browser ended: on the loopback, as a rule. */
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

interface Page extends LastPage {
  readonly location: string | null;
}

const mostSteps = 20;

/** A person at a browser, for the judge's own pages: cookies, redirects, login, consent, and the form that brings the answer back. */
export async function browse(address: string, { login, caPem, denies = false }: Visit): Promise<LastPage> {
  const cookies = new Map<string, string>();
  const go = (url: string, form: Readonly<Record<string, string>> | null = null) =>
    open(url, form && new URLSearchParams(form).toString(), { cookies, caPem });
  let page = await go(address);
  for (let step = 0; step < mostSteps; step += 1) {
    const { url, text, location } = page;
    if (location !== null) {
      page = await go(new URL(location, url).href);
      continue;
    }
    if (!url.startsWith('https:')) return page;
    const [, action] = text.match(/<form[^>]*\baction="([^"]+)"/) ?? [];
    if (action === undefined) return page;
    const [, abort] = text.match(/href="([^"]+\/abort)"/) ?? [];
    if (denies && abort !== undefined) page = await go(new URL(unescaped(abort), url).href);
    else page = await go(new URL(unescaped(action), url).href, { ...fieldsOf(text), ...filled(text, login) });
  }
  throw new Error(`no end after ${mostSteps} pages: ${page.url}`);
}

function filled(text: string, login: string): Readonly<Record<string, string>> {
  return /name="login"/.test(text) ? { login, password: 'any' } : {};
}

function fieldsOf(text: string): Readonly<Record<string, string>> {
  const inputs = [...text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => input);
  const of = (input: string, name: string) => unescaped(input.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');
  return Object.fromEntries(inputs.map((input) => [of(input, 'name'), of(input, 'value')]));
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&#x2F;', '/').replaceAll('&amp;', '&');
}

interface Surroundings {
  readonly cookies: Map<string, string>;
  readonly caPem: string;
}

function open(url: string, form: string | null, { cookies, caPem }: Surroundings): Promise<Page> {
  const secure = url.startsWith('https:');
  const headers = {
    ...(secure ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
    ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  return new Promise((resolve, reject) => {
    const ask = secure ? requestSecure : requestPlain;
    const options = { method: form === null ? 'GET' : 'POST', headers, agent: false, ...(secure ? { ca: caPem } : {}) };
    const asked = ask(url, options, (answer) => {
      const pieces: Buffer[] = [];
      for (const cookie of answer.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        resolve({ url, status: answer.statusCode ?? 0, text, location: answer.headers.location ?? null });
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(form ?? undefined);
  });
}
