import { z } from 'zod';

const label = '[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?';
const hostName = new RegExp(`^${label}(\\.${label})*$`);
/** Of at least two parts, as `*.com` would be half of the world, and no part of an address. */
const allBelow = new RegExp(`^\\*(\\.${label}){2,}(?<!\\.\\d+)$`);
/** IPv6; what it means is the resolver's business. */
const ipv6 = /^[0-9a-f:]+(:[0-9.]+)?$/;

/** As it is kept and compared: small letters, no last dot, no brackets, international names as they are asked for (`xn--…`). */
function asCompared(written: string): string {
  const bare = written
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  if (bare.includes(':') || /^[\x20-\x7e]*$/.test(bare)) return bare;
  const wide = bare.startsWith('*.') ? bare.slice(2) : bare;
  const url = `https://${wide}`;
  return URL.canParse(url) ? `${bare.startsWith('*.') ? '*.' : ''}${new URL(url).hostname}` : bare;
}

/** One host by name or address, or `*.corp.example`: every name below a domain, at any depth, and not the domain itself. */
export const hostPatternSchema = z
  .string()
  .max(255)
  .transform(asCompared)
  .refine((host) => hostName.test(host) || allBelow.test(host) || (host.includes(':') && ipv6.test(host)))
  .brand('HostPattern');
export type HostPattern = z.infer<typeof hostPatternSchema>;

/** One server and no domain. */
export const oneHostSchema = hostPatternSchema.refine((host) => !host.startsWith('*'));

export function coversHost(pattern: HostPattern, host: string): boolean {
  const asked = asCompared(host);
  // With its dot, so that evil-corp.example is not below corp.example.
  if (pattern.startsWith('*.')) return asked.endsWith(pattern.slice(1)) && asked.length >= pattern.length;
  return asked === (pattern as string);
}
