import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/**
 * N = 2^17, r = 8, p = 1: 128 MiB and about 0.4 s for each guess, as OWASP asks of scrypt. Kept with the file, so that a later version can ask for more.
 */
export const scryptCost = { N: 2 ** 17, r: 8, p: 1 } as const;

/** A file may come from elsewhere: its wish for memory is bounded (N = 2^20 with r = 8 is 1 GiB). */
export const kdfSchema = z
  .object({
    name: z.literal('scrypt'),
    N: z
      .number()
      .int()
      .min(2 ** 14)
      .max(2 ** 20),
    r: z.number().int().min(8).max(16),
    p: z.number().int().min(1).max(4),
    salt: z.base64(),
  })
  .readonly();
export type KeyDerivation = z.infer<typeof kdfSchema>;

export const sealedSchema = z.object({ nonce: z.base64(), tag: z.base64(), data: z.base64() }).readonly();
export type Sealed = z.infer<typeof sealedSchema>;

export function newKeyDerivation(): KeyDerivation {
  return { name: 'scrypt', ...scryptCost, salt: randomBytes(32).toString('base64') };
}

export function deriveKey(passphrase: string, { N, r, p, salt }: KeyDerivation): Promise<Buffer> {
  // Typed on one keyboard as é and on another as e + ´: the same passphrase.
  const typed = passphrase.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(typed, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `context` is authenticated with the text: what was sealed in one place cannot be passed off in another. */
export function seal(key: Buffer, text: string, context: string): Sealed {
  // 96 random bits are safe for 2^32 messages under one key; a vault is rewritten some thousand times at most.
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Throws when the key is another or a byte was changed. */
export function unseal(key: Buffer, { nonce, tag, data }: Sealed, context: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
}
