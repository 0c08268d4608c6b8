import type { Detection, Provider, ServerAddress } from '../../src-shared/domain/provider.ts';

export interface DetectionFacts {
  readonly providers: readonly Provider[];
  /** Provider by domain, as picked by hand before. */
  readonly learned: ReadonlyMap<string, string>;
}

/**
 * From an address to settings without asking the network: what a person chose for this domain comes before what the directory says (a domain may have
 * moved), and both before a guess by the usual names.
 */
export function detectSettings(address: string, { providers, learned }: DetectionFacts): Detection {
  const domain = domainOf(address);
  const chosen = providers.find(({ id }) => id === learned.get(domain));
  if (chosen) return fromProvider(address, domain, 'learned', chosen);
  const listed = providerOfDomain(domain, providers);
  if (listed) return fromProvider(address, domain, 'directory', listed);
  return {
    address,
    domain,
    source: 'guess',
    provider: null,
    incoming: { host: `imap.${domain}`, port: 993, encryption: 'tls' },
    outgoing: { host: `smtp.${domain}`, port: 465, encryption: 'tls' },
    login: address,
  };
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function providerOfDomain(domain: string, providers: readonly Provider[]): Provider | undefined {
  const serves = (pattern: string) =>
    pattern.startsWith('*.') ? domain.endsWith(pattern.slice(1)) : domain === pattern;
  return providers.find(({ domains }) => domains.some(serves));
}

function fromProvider(address: string, domain: string, source: 'learned' | 'directory', provider: Provider): Detection {
  return {
    address,
    domain,
    source,
    provider,
    incoming: serverFor(provider.imap, domain),
    outgoing: serverFor(provider.smtp, domain),
    login: provider.login === 'local-part' ? address.slice(0, address.lastIndexOf('@')) : address,
  };
}

function serverFor(server: ServerAddress | null, domain: string): ServerAddress | null {
  return server && { ...server, host: server.host.replace('<domain>', domain) };
}
