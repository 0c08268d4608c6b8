/** MD4 (RFC 1320), which NTLM makes its keys with and which OpenSSL no longer has. Proves nothing: use it for NTLM alone. */
export function md4(message: Uint8Array): Buffer {
  const words = paddedWords(message);
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < words.length; at += 16) state = added(state, roundsOver(state, words.subarray(at, at + 16)));
  const digest = Buffer.alloc(16);
  state.forEach((word, at) => {
    digest.writeUInt32LE(word >>> 0, at * 4);
  });
  return digest;
}

type State = readonly [number, number, number, number];
type Mix = (x: number, y: number, z: number) => number;

interface Round {
  readonly mix: Mix;
  readonly constant: number;
  readonly shifts: readonly number[];
  readonly order: readonly number[];
}

const rounds: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    shifts: [3, 7, 11, 19],
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    shifts: [3, 5, 9, 13],
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
];

function roundsOver(from: State, block: Uint32Array): State {
  let [a, b, c, d] = from;
  for (const { mix, constant, shifts, order } of rounds)
    order.forEach((word, step) => {
      const sum = a + mix(b, c, d) + (block[word] ?? 0) + constant;
      [a, b, c, d] = [d, turned(sum, shifts[step % 4] ?? 0), b, c];
    });
  return [a, b, c, d];
}

const turned = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

const added = (one: State, other: State): State => [
  (one[0] + other[0]) | 0,
  (one[1] + other[1]) | 0,
  (one[2] + other[2]) | 0,
  (one[3] + other[3]) | 0,
];

function paddedWords(message: Uint8Array): Uint32Array {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  return Uint32Array.from({ length: padded.length / 4 }, (_, at) => padded.readUInt32LE(at * 4));
}
