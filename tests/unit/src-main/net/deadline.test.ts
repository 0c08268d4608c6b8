import { expect, test } from 'vitest';
import { withinBudget } from '../../../../src-main/net/deadline.ts';

const never = () => new Promise<never>(() => {});
const patient = new AbortController().signal;

test('work that ends in time gives what it gives', async () => {
  const budget = { milliseconds: 1_000, signal: patient };
  expect(
    await withinBudget(
      budget,
      async () => 7,
      () => expect.unreachable(),
    ),
  ).toBe(7);
  const failure = new Error('own');
  await expect(
    withinBudget(
      budget,
      () => Promise.reject(failure),
      () => expect.unreachable(),
    ),
  ).rejects.toBe(failure);
});

test('time that is up is a timeout, even if giving up makes the work fail first', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const work = withinBudget(
    { milliseconds: 5, signal: patient },
    () => promise,
    () => reject(new Error('cut')),
  );
  await expect(work).rejects.toMatchObject({ code: 'network.timeout' });
});

test('called off, before or during, it is cancelled', async () => {
  const off = AbortSignal.abort();
  await expect(withinBudget({ milliseconds: 1_000, signal: off }, never, () => {})).rejects.toMatchObject({
    code: 'cancelled',
  });
  const stop = new AbortController();
  let givenUp = 0;
  const work = withinBudget({ milliseconds: 1_000, signal: stop.signal }, never, () => {
    givenUp += 1;
  });
  stop.abort();
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  expect(givenUp).toBe(1);
});
