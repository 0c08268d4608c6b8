import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { certificateOf } from '../../net/tls.ts';

/** OIDs of signatures whose hash is not SHA-256, in DER. */
const longer: readonly (readonly [hash: string, oid: string])[] = [
  ['sha384', '06082a8648ce3d040303'],
  ['sha512', '06082a8648ce3d040304'],
  ['sha384', '06092a864886f70d01010c'],
  ['sha512', '06092a864886f70d01010d'],
];

/** What stands for the server's certificate in a channel binding: its hash by the algorithm of its signature, at least SHA-256 (RFC 5929, 4.1). Null without TLS. */
export function certificateHashOf(socket: Socket | null): Buffer | null {
  const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined;
  if (certificate === undefined) return null;
  const { raw } = certificate;
  const [hash = 'sha256'] = longer.find(([, oid]) => raw.includes(Buffer.from(oid, 'hex'))) ?? [];
  return createHash(hash).update(raw).digest();
}
