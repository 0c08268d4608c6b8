import { withinBudget } from './deadline.ts';

/** Web: HTTPS, Exchange included. Mail: IMAP, POP3, SMTP. */
export type ProxyUse = 'web' | 'mail';

/** Proxies that are spoken to without encryption. */
const schemes = /^(http|socks4a?|socks5h?):$/;

/**
 * The proxy on the way to a host, as the usual environment variables say; null: straight on. Mail goes by `all_proxy` alone, as with curl: proxies for the web seldom lead to
 * mail ports.
 */
export function proxyFor(host: string, env: NodeJS.ProcessEnv, use: ProxyUse = 'web'): URL | null {
  const web = use === 'web' ? (env.https_proxy ?? env.HTTPS_PROXY) : undefined;
  const named = web ?? env.all_proxy ?? env.ALL_PROXY ?? '';
  if (named === '' || isExempt(host.toLowerCase(), env.no_proxy ?? env.NO_PROXY ?? '')) return null;
  const address = named.includes('://') ? named : `http://${named}`;
  const proxy = URL.canParse(address) ? new URL(address) : null;
  return proxy !== null && schemes.test(proxy.protocol) ? proxy : null;
}

/** Answers as a PAC script does: `PROXY host:port; SOCKS5 host:port; DIRECT`. */
export type AskSystemProxy = (url: string) => Promise<string>;

/** A PAC script may have to be fetched first, from a server that does not answer. */
const longestQuestion = 5_000;

let askSystem: AskSystemProxy | null = null;

/**
 * From now on the system's own settings, a PAC script among them, decide where the environment names no proxy. One way out of this machine for all lines; null: none but
 * the environment's.
 */
export function followSystemProxy(ask: AskSystemProxy | null, milliseconds = longestQuestion): void {
  askSystem = ask && ((url) => withinBudget({ milliseconds, signal: never }, () => ask(url), nothing));
}

const { signal: never } = new AbortController();
const nothing = (): void => undefined;

const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/** The proxy on the way to a host; null: straight on. The system is asked as for the web; for mail only its SOCKS proxies are of use. */
export async function findProxy(host: string, env: NodeJS.ProcessEnv, use: ProxyUse = 'web'): Promise<URL | null> {
  const named = variables.some((name) => env[name]);
  if (named || askSystem === null) return proxyFor(host, env, use);
  if (isExempt(host.toLowerCase(), env.no_proxy ?? env.NO_PROXY ?? '')) return null;
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  // A system that cannot say, or not in time, leaves the way as it is.
  const told = await askSystem(`https://${name}/`).catch(() => '');
  return firstOf(told, use);
}

const kinds: Readonly<Record<string, string>> = {
  PROXY: 'http',
  SOCKS: 'socks4a',
  SOCKS4: 'socks4a',
  SOCKS5: 'socks5',
};

function firstOf(told: string, use: ProxyUse): URL | null {
  for (const entry of told.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = kinds[kind.toUpperCase()];
    const address = `${scheme}://${place}`;
    if (scheme === undefined || (use === 'mail' && scheme === 'http') || !URL.canParse(address)) continue;
    return new URL(address);
  }
  return null;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** `example.com` and `.example.com` exempt the domain and all below it, `*` everything; this machine is never behind a proxy. */
function isExempt(host: string, list: string): boolean {
  if (loopback.has(host)) return true;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => entry.replace(/^\*?\./, '').replace(/:\d+$/, ''))
    .some((entry) => entry === '*' || host === entry || host.endsWith(`.${entry}`));
}
