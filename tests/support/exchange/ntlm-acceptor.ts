import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A second reading of MS-NLMP, from the acceptor's side; shares nothing with the program's. */
export interface Accepting {
  readonly accounts: readonly { readonly login: string; readonly password: string }[];
  readonly domain: string;
  /** DER of our certificate; null without TLS. */
  readonly certificate: Buffer | null;
}

export interface NtlmLine {
  /** Bytes of the challenge, or whose sign-in it was, or null: refused. */
  accept(token: Buffer): { readonly challenge: Buffer } | { readonly login: string } | null;
}

export function acceptNtlm({ accounts, domain, certificate }: Accepting): NtlmLine {
  let negotiate: Buffer = Buffer.alloc(0);
  let challenge: Buffer = Buffer.alloc(0);
  const nonce = randomBytes(8);
  return {
    accept(token) {
      const kind = token.readUInt32LE(8);
      if (kind === 1) {
        negotiate = token;
        challenge = challengeMessage(domain, nonce);
        return { challenge };
      }
      if (kind !== 3 || challenge.length === 0) return null;
      const said = readAuthenticate(token);
      const account = accounts.find(({ login }) => login.toLowerCase() === said.user.toLowerCase());
      if (account === undefined) return null;
      const key = hmac(
        md4Of(Buffer.from(account.password, 'utf16le')),
        Buffer.from(said.user.toUpperCase() + said.domain, 'utf16le'),
      );
      const proof = said.answer.subarray(0, 16);
      const blob = said.answer.subarray(16);
      if (!hmac(key, Buffer.concat([nonce, blob])).equals(proof)) return null;
      const pairs = pairsIn(blob.subarray(28));
      // Over TLS as Exchange does since 2024: without the binding nobody gets in.
      const binding = pairs.get(10) ?? (certificate === null ? expectedBinding(null) : Buffer.alloc(0));
      if (!expectedBinding(certificate).equals(binding)) return null;
      const hasCode = ((pairs.get(6)?.readUInt32LE(0) ?? 0) & 2) !== 0;
      if (!hasCode) return certificate === null ? { login: account.login } : null;
      const blank = Buffer.from(token);
      blank.fill(0, 72, 88);
      const code = hmac(hmac(key, proof), Buffer.concat([negotiate, challenge, blank]));
      return code.equals(token.subarray(72, 88)) ? { login: account.login } : null;
    },
  };
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}

function challengeMessage(domain: string, nonce: Buffer): Buffer {
  const name = Buffer.from(domain, 'utf16le');
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(BigInt(Date.now() + 11644473600000) * 10000n);
  const info = Buffer.concat([pair(2, name), pair(1, Buffer.from('EX1', 'utf16le')), pair(7, time), Buffer.alloc(4)]);
  const head = Buffer.alloc(56);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(2, 8);
  head.writeUInt16LE(name.length, 12);
  head.writeUInt16LE(name.length, 14);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(0xa2898205, 20);
  nonce.copy(head, 24);
  head.writeUInt16LE(info.length, 40);
  head.writeUInt16LE(info.length, 42);
  head.writeUInt32LE(56 + name.length, 44);
  return Buffer.concat([head, name, info]);
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function readAuthenticate(token: Buffer) {
  const field = (at: number): Buffer =>
    token.subarray(token.readUInt32LE(at + 4), token.readUInt32LE(at + 4) + token.readUInt16LE(at));
  return { answer: field(20), domain: field(28).toString('utf16le'), user: field(36).toString('utf16le') };
}

function pairsIn(info: Buffer): Map<number, Buffer> {
  const pairs = new Map<number, Buffer>();
  let at = 0;
  while (at + 4 <= info.length) {
    const id = info.readUInt16LE(at);
    const end = at + 4 + info.readUInt16LE(at + 2);
    if (id === 0) return pairs;
    pairs.set(id, info.subarray(at + 4, end));
    at = end;
  }
  return pairs;
}

function expectedBinding(certificate: Buffer | null): Buffer {
  if (certificate === null) return Buffer.alloc(16);
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), createHash('sha256').update(certificate).digest()]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return createHash('md5')
    .update(Buffer.concat([Buffer.alloc(16), length, data]))
    .digest();
}

/** RFC 1320, written down step by step. */
export function md4Of(input: Buffer): Buffer {
  const bits = Buffer.alloc(8);
  bits.writeBigUInt64LE(BigInt(input.length * 8));
  const gap = (119 - (input.length % 64)) % 64;
  const data = Buffer.concat([input, Buffer.from([0x80]), Buffer.alloc(gap), bits]);
  let [A, B, C, D] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const rol = (v: number, n: number) => ((v << n) | (v >>> (32 - n))) >>> 0;
  for (let o = 0; o < data.length; o += 64) {
    const x = (k: number) => data.readUInt32LE(o + k * 4);
    const [a0, b0, c0, d0] = [A, B, C, D];
    for (let i = 0; i < 48; i += 1) {
      const round = Math.floor(i / 16);
      const j = i % 16;
      const k = round === 0 ? j : round === 1 ? (j % 4) * 4 + Math.floor(j / 4) : reversed(j);
      const f = round === 0 ? (B & C) | (~B & D) : round === 1 ? (B & C) | (B & D) | (C & D) : B ^ C ^ D;
      const s =
        [
          [3, 7, 11, 19],
          [3, 5, 9, 13],
          [3, 9, 11, 15],
        ][round]?.[j % 4] ?? 0;
      const t = rol((A + f + x(k) + ([0, 0x5a827999, 0x6ed9eba1][round] ?? 0)) >>> 0, s);
      [A, B, C, D] = [D, t, B, C];
    }
    [A, B, C, D] = [(A + a0) >>> 0, (B + b0) >>> 0, (C + c0) >>> 0, (D + d0) >>> 0];
  }
  const out = Buffer.alloc(16);
  for (const [at, word] of [A, B, C, D].entries()) out.writeUInt32LE(word, at * 4);
  return out;
}

/** The order of the third round: the four bits of a number read backwards. */
function reversed(j: number): number {
  return ((j & 1) << 3) | ((j & 2) << 1) | ((j & 4) >> 1) | ((j & 8) >> 3);
}
