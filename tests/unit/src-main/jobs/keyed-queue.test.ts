import { describe, expect, test } from 'vitest';
import { createKeyedQueue } from '../../../../src-main/jobs/keyed-queue.ts';

describe('a queue by key', () => {
  test('runs tasks of one key one after another, and others meanwhile', async () => {
    const queue = createKeyedQueue();
    const seen: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = queue.run('a', async () => {
      seen.push('a1 begins');
      await gate;
      seen.push('a1 ends');
    });
    const second = queue.run('a', async () => void seen.push('a2'));
    await queue.run('b', async () => void seen.push('b'));
    open();
    await Promise.all([first, second]);
    expect(seen).toEqual(['a1 begins', 'b', 'a1 ends', 'a2']);
  });

  test('goes on after a task that failed', async () => {
    const queue = createKeyedQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('x')));
    const next = queue.run('a', async () => 1);
    await expect(failed).rejects.toThrow('x');
    expect(await next).toBe(1);
  });

  test('a task called off before its turn does not run', async () => {
    const queue = createKeyedQueue();
    const controller = new AbortController();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = queue.run('a', () => gate);
    let ran = false;
    const second = queue.run(
      'a',
      async () => {
        ran = true;
      },
      controller.signal,
    );
    controller.abort();
    open();
    await first;
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    expect(ran).toBe(false);
  });
});
