/** What a server offers (RFC 2449), names in upper case with their arguments; null where it does not know CAPA: then nothing is known. */
export type Capabilities = ReadonlyMap<string, readonly string[]> | null;

export function capabilitiesIn(text: Buffer): NonNullable<Capabilities> {
  const capabilities = new Map<string, readonly string[]>();
  for (const line of text.toString('latin1').split('\r\n')) {
    const [name, ...args] = line.trim().split(/ +/);
    if (name) capabilities.set(name.toUpperCase(), args);
  }
  return capabilities;
}

/** Where nothing is known it may be there. */
export function mayOffer(capabilities: Capabilities, name: string): boolean {
  return capabilities === null || capabilities.has(name);
}

export function offersMechanism(capabilities: Capabilities, mechanism: string): boolean {
  const offered = capabilities?.get('SASL') ?? [];
  return offered.some((name) => name.toUpperCase() === mechanism);
}

/** EXPIRE 0 (RFC 2449, 6.7): with QUIT the server deletes whatever was retrieved, asked or not. */
export function deletesWhatWasRead(capabilities: Capabilities): boolean {
  return capabilities?.get('EXPIRE')?.[0] === '0';
}

/** Seconds between two sign-ins (LOGIN-DELAY); null where not told. */
export function loginDelayOf(capabilities: Capabilities): number | null {
  const [seconds = ''] = capabilities?.get('LOGIN-DELAY') ?? [];
  return /^\d{1,9}$/.test(seconds) ? Number(seconds) : null;
}
