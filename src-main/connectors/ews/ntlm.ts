import { createHash, createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

/** Messages of NTLM version 2 (MS-NLMP). Version 1 is never spoken: its answers give the password away. */
export interface NtlmAccount {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

export interface NtlmSurroundings {
  /** SHA-256 of the server's certificate, so that the answer is worth nothing on another line (RFC 5929, 4); null without TLS. */
  readonly certificateHash: Uint8Array | null;
  /** What is called, `HTTP/mail.corp.example`. */
  readonly target: string;
  /** Eight bytes that nobody can guess. */
  readonly nonce: Uint8Array;
  /** Milliseconds since 1970, where the server does not say the time. */
  readonly now: number;
}

const signature = Buffer.from('NTLMSSP\0', 'latin1');
// Unicode, OEM, request target, NTLM, always sign, extended session security, target info, 128 bit, 56 bit (MS-NLMP 2.2.2.5).
const flags =
  0x00000001 | 0x00000002 | 0x00000004 | 0x00000200 | 0x00008000 | 0x00080000 | 0x00800000 | 0x20000000 | 0x80000000;

/** The first word of a sign-in; says nothing of the account. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(32);
  signature.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE((flags & ~0x00800000) >>> 0, 12);
  return message;
}

export interface Challenge {
  readonly bytes: Buffer;
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly targetInfo: Buffer;
}

/** Null for bytes that are no challenge. */
export function readChallenge(bytes: Buffer): Challenge | null {
  if (bytes.length < 48 || !bytes.subarray(0, 8).equals(signature) || bytes.readUInt32LE(8) !== 2) return null;
  const length = bytes.readUInt16LE(40);
  const at = bytes.readUInt32LE(44);
  if (at + length > bytes.length) return null;
  return {
    bytes,
    flags: bytes.readUInt32LE(20),
    serverChallenge: bytes.subarray(24, 32),
    targetInfo: bytes.subarray(at, at + length),
  };
}

const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((sum, part) => sum.update(part), createHmac('md5', key)).digest();
const unicode = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** NTOWFv2 (MS-NLMP 3.3.2). */
export function responseKey({ user, domain, password }: NtlmAccount): Buffer {
  return hmac(md4(unicode(password)), unicode(user.toUpperCase() + domain));
}

/** The proof of the password, bound to the challenge, the certificate and the two messages before. */
export function authenticateMessage(
  negotiate: Buffer,
  challenge: Challenge,
  account: NtlmAccount,
  around: NtlmSurroundings,
): Buffer {
  const pairs = readPairs(challenge.targetInfo);
  const timestamp = pairs.get(7) ?? fileTime(around.now);
  const key = responseKey(account);
  const info = writePairs(
    new Map([
      ...pairs,
      // The message integrity code is there.
      [6, Buffer.from([2, 0, 0, 0])],
      [7, timestamp],
      [9, unicode(around.target)],
      [10, channelBinding(around.certificateHash)],
    ]),
  );
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    timestamp,
    around.nonce,
    Buffer.alloc(4),
    info,
    Buffer.alloc(4),
  ]);
  const proof = hmac(key, challenge.serverChallenge, blob);
  const message = layOut([
    // With a timestamp there is no LM answer (MS-NLMP 3.1.5.1.2).
    Buffer.alloc(24),
    Buffer.concat([proof, blob]),
    unicode(account.domain),
    unicode(account.user),
    Buffer.alloc(0),
    Buffer.alloc(0),
  ]);
  const sessionKey = hmac(key, proof);
  hmac(sessionKey, negotiate, challenge.bytes, message).copy(message, integrityAt);
  return message;
}

const headLength = 88;
const integrityAt = 72;

/** Fields of an AUTHENTICATE_MESSAGE: LM, NT, domain, user, workstation, session key (MS-NLMP 2.2.1.3). */
function layOut(fields: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(headLength);
  signature.copy(head);
  head.writeUInt32LE(3, 8);
  let at = headLength;
  fields.forEach((field, index) => {
    head.writeUInt16LE(field.length, 12 + index * 8);
    head.writeUInt16LE(field.length, 14 + index * 8);
    head.writeUInt32LE(at, 16 + index * 8);
    at += field.length;
  });
  head.writeUInt32LE(flags >>> 0, 60);
  return Buffer.concat([head, ...fields]);
}

/** AV_PAIRs by their id, in their order (MS-NLMP 2.2.2.1). */
export function readPairs(info: Buffer): ReadonlyMap<number, Buffer> {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= info.length; ) {
    const id = info.readUInt16LE(at);
    const length = info.readUInt16LE(at + 2);
    if (id === 0) break;
    pairs.set(id, info.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return pairs;
}

function writePairs(pairs: ReadonlyMap<number, Buffer>): Buffer {
  const written = [...pairs].flatMap(([id, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return [head, value];
  });
  return Buffer.concat([...written, Buffer.alloc(4)]);
}

/** MD5 of a gss_channel_bindings_struct whose application data are the certificate's hash (RFC 5929, MS-NLMP 3.1.5.1.2); zero without TLS. */
export function channelBinding(certificateHash: Uint8Array | null): Buffer {
  if (certificateHash === null) return Buffer.alloc(16);
  const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), certificateHash]);
  const struct = Buffer.alloc(20);
  struct.writeUInt32LE(data.length, 16);
  return createHash('md5').update(struct).update(data).digest();
}

/** Tenths of microseconds since 1601. */
function fileTime(milliseconds: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE((BigInt(milliseconds) + 11_644_473_600_000n) * 10_000n);
  return time;
}
