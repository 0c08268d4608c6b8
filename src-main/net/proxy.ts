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
