import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogFields } from '../../../../src-main/logs/logs.ts';
import { type LogOptions, openLogs } from '../../../../src-main/logs/open-logs.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-logs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const canaries = {
  password: 'canary-pässword-1',
  token: 'ya29.canaryTokenAbCdEf0123456789_-xyz',
  base64: Buffer.from('\0user\0canary-password-2').toString('base64'),
  address: 'canary.person@customer.example',
  subject: 'Canary: contract for the new building',
  home: join(homedir(), 'canary-folder'),
};

/** Every way by which foreign text gets near a log. */
function plant(log: (event: string, fields?: LogFields) => void): void {
  const inner = new Error(`535 5.7.8 ${canaries.address}: "${canaries.subject}"\n    at ${canaries.subject} (x:1:1)`);
  const syntax = new SyntaxError(`Unexpected token in "${canaries.subject}"`);
  const ring = new Error(canaries.subject, { cause: inner });
  inner.cause = ring;
  log(`A1 LOGIN ${canaries.address} ${canaries.password}`);
  log('server said', { host: `AUTH PLAIN ${canaries.base64}`, code: `Authorization: Bearer ${canaries.token}` });
  log('failed', { error: new AppError('auth.rejected', { serverWords: canaries.subject }, { cause: ring }) });
  log('failed', { error: syntax, folder: `${canaries.home}/x`, state: `password=${canaries.password}` });
  log('failed', { error: canaries.subject, mailbox: canaries.address });
  log('failed', { error: Object.assign(new Error('x'), { response: canaries.subject, name: canaries.subject }) });
  log('failed', { subject: canaries.subject, raw: { text: canaries.password } } as LogFields);
}

async function written(options: LogOptions): Promise<string> {
  const logs = openLogs(folder, options);
  plant(logs.logger('sync.load-folder').error);
  await logs.close();
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

describe('the log', () => {
  test('holds no secret, address, subject or home folder, whatever came near it', async () => {
    const text = await written({ level: 'debug' });
    for (const [name, canary] of Object.entries(canaries)) expect(text, name).not.toContain(canary);
    expect(text).not.toContain('canary-p');
    expect(text.trim().split('\n')).toHaveLength(7);
  });

  test('would hold them all without redaction', async () => {
    const everything = (_key: string, value: unknown) =>
      value instanceof Error ? { ...value, message: value.message, text: String(value.stack) } : value;
    const text = await written({
      clean: (event, fields) => [event, JSON.parse(JSON.stringify(fields, everything)) as Record<string, unknown>],
    });
    for (const [name, canary] of Object.entries(canaries)) expect(text, name).toContain(canary);
  });

  test('says where, what, and the error with its code, frames and causes', async () => {
    const logs = openLogs(folder);
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    logs.logger('sync.load-folder').warn('pass failed', {
      folder: 'INBOX/Заявки',
      count: 3,
      mailbox: '4b9f3bb5-3ad2-4c6e-9d0e-0d4f4c2f8a11',
      error: new AppError('network.unreachable', {}, { cause }),
    });
    logs.logger('x').debug('below the level');
    await logs.close();
    const lines = (await readFile(join(folder, 'mailroom.log'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      name: 'sync.load-folder',
      event: 'pass failed',
      folder: 'INBOX/Заявки',
      count: 3,
      mailbox: '4b9f3bb5-3ad2-4c6e-9d0e-0d4f4c2f8a11',
      error: {
        name: 'AppError',
        code: 'network.unreachable',
        stack: expect.arrayContaining([expect.stringContaining('open-logs.test.ts')]),
        cause: { name: 'Error', code: 'ECONNREFUSED' },
      },
    });
  });

  test('keeps the sentence of a fault in our own code', async () => {
    const logs = openLogs(folder);
    try {
      (undefined as unknown as { x: { y: number } }).x.y = 1;
    } catch (error) {
      logs.logger('x').error('defect', { error });
    }
    await logs.close();
    expect(await readFile(join(folder, 'mailroom.log'), 'utf8')).toContain('Cannot read properties of undefined');
  });
});
