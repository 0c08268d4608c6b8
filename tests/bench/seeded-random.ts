import { createCipheriv, createHash } from 'node:crypto';

/** Chance that comes out the same for the same seed, on every machine and with every version of Node. */
export interface SeededRandom {
  /** From 0 up to, not including, 1. */
  fraction(): number;
  /** From 0 up to, not including, `below`. */
  integer(below: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Log-normal: most values near the median, a long tail above. `spread` is the deviation of the logarithm. */
  skewed(median: number, spread: number): number;
  /** Incompressible. */
  bytes(length: number): Buffer;
}

/** A stream cipher's key stream: as incompressible as what people attach, and gigabytes a second. */
export function createSeededRandom(seed: string): SeededRandom {
  const key = createHash('sha256').update(seed).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(65_536);
  let block = stream.update(zeros);
  let at = 0;
  const fraction = (): number => {
    if (at + 4 > block.length) {
      block = stream.update(zeros);
      at = 0;
    }
    at += 4;
    return block.readUInt32LE(at - 4) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(fraction() * below);
  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick: (choices) => {
      const choice = choices[integer(choices.length)];
      if (choice === undefined) throw new Error('nothing to pick from');
      return choice;
    },
    skewed: (median, spread) => {
      // Box-Muller; 1 - fraction is never 0.
      const normal = Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
      return median * Math.exp(spread * normal);
    },
    bytes: (length) => stream.update(Buffer.alloc(length)),
  };
}
