import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../../../src-main/connectors/http-line.ts';
import { keepToken } from '../../../../src-main/connectors/kept-token.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';

const soon = () => AbortSignal.timeout(5_000);
const answer = (status: number): HttpAnswer => ({ status, headers: {}, bytes: Buffer.alloc(0), text: '' });

/** A session whose clock a test moves, at a server that takes `good` alone. */
function session(next: (refused: string | null) => string) {
  const state = { now: 0, good: new Set(['first']), said: [] as string[], asked: [] as (string | null)[] };
  const askToken = async (refused: string | null) => {
    state.asked.push(refused);
    return next(refused);
  };
  const withToken = keepToken({ accessToken: 'first', askToken }, () => state.now);
  const ask = async () => {
    const { status } = await withToken(async (token) => {
      state.said.push(token);
      return answer(state.good.has(token) ? 200 : 401);
    }, soon());
    return status;
  };
  return { state, ask };
}

test('a token is looked after once a minute, and the next one is said before the first has ended', async () => {
  let known = 'first';
  const { state, ask } = session(() => known);
  for (const now of [0, 59_000, 61_000, 62_000]) {
    state.now = now;
    expect(await ask()).toBe(200);
  }
  expect(state.asked).toEqual([null]);
  known = 'second';
  state.good.add('second');
  state.now = 122_000;
  await ask();
  expect(state.asked).toEqual([null, null]);
  expect(state.said).toEqual(['first', 'first', 'first', 'first', 'second']);
});

test('a renewal that fails while the token is good changes nothing', async () => {
  const { state, ask } = session(() => {
    throw new AppError('server.unavailable', { host: 'login.test' });
  });
  await ask();
  state.now = 61_000;
  expect(await ask()).toBe(200);
  expect(state.asked).toEqual([null]);
});

test('a renewal that was called off ends the question', async () => {
  const { state, ask } = session(() => {
    throw new AppError('cancelled');
  });
  await ask();
  state.now = 61_000;
  await expect(ask()).rejects.toMatchObject({ code: 'cancelled' });
});

test('a token that the server refuses is replaced once for a question, and before the first yes not at all', async () => {
  const { state, ask } = session((refused) => (refused === 'first' ? 'second' : 'third'));
  state.good.delete('first');
  expect(await ask()).toBe(401);
  expect(state.asked).toEqual([]);
  state.good.add('first');
  await ask();
  state.good.delete('first');
  expect(await ask()).toBe(401);
  expect([state.asked, state.said.at(-1)]).toEqual([['first'], 'second']);
  state.good.add('third');
  expect(await ask()).toBe(200);
  expect(state.asked).toEqual(['first', 'second']);
});
