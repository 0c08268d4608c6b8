import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { z } from 'zod';
import { AppError } from '../../src-shared/errors/errors.ts';

/** A JSON file, or standard input for `-`, checked. */
export async function readJson<S extends z.ZodType>(file: string, stdin: Readable, schema: S): Promise<z.output<S>> {
  const source = file === '-' ? await text(stdin) : await readText(file);
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (cause) {
    throw new AppError('input.invalid', { at: file }, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Paths only: what was given may be a secret in the wrong place.
  const at = parsed.error.issues
    .map((issue) => issue.path.join('.') || ('keys' in issue ? issue.keys.join(', ') : ''))
    .join(', ');
  throw new AppError('input.invalid', { at: `${file}: ${at}` }, { cause: parsed.error });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('file.unreadable', { path: file }, { cause });
  }
}

/** The bytes of a file, or of standard input for `-`. */
export async function readBytes(file: string, stdin: Readable): Promise<Uint8Array<ArrayBuffer>> {
  if (file === '-') return new Uint8Array(await buffer(stdin));
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    throw new AppError('file.unreadable', { path: file }, { cause });
  }
}

/** All of standard input. */
export function readStdin(stdin: Readable): Promise<string> {
  return text(stdin);
}

/** The first line of standard input: a password has no line break. */
export async function readSecret(stdin: Readable): Promise<string> {
  const secret = (await text(stdin)).split(/\r?\n/)[0] ?? '';
  if (secret === '') throw new AppError('input.invalid', { at: '--password-stdin' });
  return secret;
}

/** All of standard input without the blanks around it: a secret, or a certificate with its key over many lines. */
export async function readClientSecret(stdin: Readable): Promise<string> {
  const secret = (await text(stdin)).trim();
  if (secret === '') throw new AppError('input.invalid', { at: '--client-secret-stdin' });
  return secret;
}
