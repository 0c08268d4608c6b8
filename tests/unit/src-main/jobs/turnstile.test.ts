import { describe, expect, test } from 'vitest';
import { createTurnstile, type Turnstile } from '../../../../src-main/jobs/turnstile.ts';

const never = new AbortController().signal;

/** A task that stays inside until it is let out. */
function guest(turnstile: Turnstile, name: string, entered: string[], signal = never) {
  const { promise: stay, resolve: letOut, reject: fail } = Promise.withResolvers<void>();
  const left = turnstile.run(async () => {
    entered.push(name);
    await stay;
    return name;
  }, signal);
  return { left, letOut, fail };
}

describe('a turnstile', () => {
  test('lets no more in at once than it has places', async () => {
    const turnstile = createTurnstile(2);
    const entered: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => guest(turnstile, name, entered));
    expect(entered).toEqual(['a', 'b']);
    b?.letOut();
    expect(await b?.left).toBe('b');
    a?.letOut();
    c?.letOut();
    expect(await Promise.all([a?.left, c?.left])).toEqual(['a', 'c']);
    expect(entered).toEqual(['a', 'b', 'c']);
  });

  test('lets those who wait in by the order in which they came', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const guests = ['a', 'b', 'c', 'd'].map((name) => guest(turnstile, name, entered));
    for (const { letOut } of [...guests].reverse()) letOut();
    await Promise.all(guests.map(({ left }) => left));
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
  });

  test('lets nobody past those who wait, when a place becomes free', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const first = guest(turnstile, 'first', entered);
    const waiting = guest(turnstile, 'waiting', entered);
    const late = first.left.then(() => guest(turnstile, 'late', entered).letOut());
    first.letOut();
    await late;
    waiting.letOut();
    await waiting.left;
    await turnstile.run(async () => void entered.push('last'), never);
    expect(entered).toEqual(['first', 'waiting', 'late', 'last']);
  });

  test('is as wide as before when all have left', async () => {
    const turnstile = createTurnstile(2);
    const entered: string[] = [];
    const before = ['a', 'b', 'c'].map((name) => guest(turnstile, name, entered));
    for (const { letOut } of before) letOut();
    await Promise.all(before.map(({ left }) => left));
    const again = ['d', 'e', 'f'].map((name) => guest(turnstile, name, entered));
    expect(entered).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const { letOut } of again) letOut();
    await Promise.all(again.map(({ left }) => left));
  });
});

describe('a task that fails', () => {
  test('tells its own caller, and its place goes to who waits', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const failing = guest(turnstile, 'failing', entered);
    const waiting = guest(turnstile, 'waiting', entered);
    failing.fail(new Error('the line broke'));
    waiting.letOut();
    await expect(failing.left).rejects.toThrow('the line broke');
    expect(await waiting.left).toBe('waiting');
  });

  test('before it has begun to wait for anything frees its place as well', async () => {
    const turnstile = createTurnstile(1);
    const failing = turnstile.run(() => {
      throw new Error('no such host');
    }, never);
    await expect(failing).rejects.toThrow('no such host');
    expect(await turnstile.run(async () => 'inside', never)).toBe('inside');
  });
});

describe('a task that is called off', () => {
  test('while it waits never runs, and those behind it keep their turn', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const controller = new AbortController();
    const first = guest(turnstile, 'first', entered);
    const second = guest(turnstile, 'second', entered);
    const off = guest(turnstile, 'called off', entered, controller.signal);
    const last = guest(turnstile, 'last', entered);
    controller.abort();
    await expect(off.left).rejects.toMatchObject({ code: 'cancelled' });
    for (const { letOut } of [first, second, last]) letOut();
    await Promise.all([first.left, second.left, last.left]);
    expect(entered).toEqual(['first', 'second', 'last']);
  });

  test('while it waits takes no place with it', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const controller = new AbortController();
    const first = guest(turnstile, 'first', entered);
    const off = guest(turnstile, 'called off', entered, controller.signal);
    controller.abort();
    await expect(off.left).rejects.toMatchObject({ code: 'cancelled' });
    first.letOut();
    await first.left;
    expect(await turnstile.run(async () => 'inside', never)).toBe('inside');
  });

  test('before it comes never runs, although a place is free', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const { left } = guest(turnstile, 'called off', entered, AbortSignal.abort());
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    expect(entered).toEqual([]);
    expect(await turnstile.run(async () => 'inside', never)).toBe('inside');
  });

  test('once it is inside ends as it does by itself, and nobody else loses their turn', async () => {
    const turnstile = createTurnstile(1);
    const entered: string[] = [];
    const controller = new AbortController();
    const first = guest(turnstile, 'first', entered);
    const inside = guest(turnstile, 'inside', entered, controller.signal);
    const waiting = guest(turnstile, 'waiting', entered);
    first.letOut();
    await first.left;
    controller.abort();
    inside.letOut();
    waiting.letOut();
    expect(await Promise.all([inside.left, waiting.left])).toEqual(['inside', 'waiting']);
  });
});
