/** The proxy on the way to a host, as the usual environment variables say; null: straight on. Only proxies that are spoken to in plain HTTP. */
export function proxyFor(host: string, env: NodeJS.ProcessEnv): URL | null {
  const named = env.https_proxy ?? env.HTTPS_PROXY ?? env.all_proxy ?? env.ALL_PROXY ?? '';
  if (named === '' || isExempt(host.toLowerCase(), env.no_proxy ?? env.NO_PROXY ?? '')) return null;
  const address = named.includes('://') ? named : `http://${named}`;
  const proxy = URL.canParse(address) ? new URL(address) : null;
  return proxy?.protocol === 'http:' ? proxy : null;
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
