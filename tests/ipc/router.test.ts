import { expect, test } from 'vitest';
import { z } from 'zod';
import { createClient } from '../../src-shared/contract/client.ts';
import { defineContract, type Handlers } from '../../src-shared/contract/define-contract.ts';
import { createLocalPipe } from '../../src-shared/contract/local-pipe.ts';
import { createRouter } from '../../src-shared/contract/router.ts';
import { serve } from '../../src-shared/contract/serve.ts';
import { AppError } from '../../src-shared/errors/errors.ts';

const contract = defineContract({
  methods: {
    double: { input: z.object({ n: z.number() }), output: z.number(), errors: ['mailbox.unknown'] },
    wait: { input: z.void(), output: z.void(), errors: [] },
  },
  events: { moved: z.object({ to: z.string() }) },
});
type Sample = typeof contract;

function setUp(
  handlers: Partial<Handlers<Sample>> = {},
  options: { checkAccess?: (name: string) => Promise<void> } = {},
) {
  const logged: { event: string; code?: string | undefined }[] = [];
  const calls: string[] = [];
  const route = createRouter<Sample>(
    contract,
    {
      double: async ({ n }) => {
        calls.push('double');
        return n * 2;
      },
      wait: (_input, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled')));
        }),
      ...handlers,
    },
    { log: { error: (event, { code }) => void logged.push({ event, code }) }, checkOutput: true, ...options },
  );
  const pipe = createLocalPipe();
  const emit = serve<Sample>(pipe.server, route);
  return {
    client: createClient<Sample>(pipe.client, 'store.unavailable'),
    emit,
    logged,
    calls,
    close: pipe.close,
    pipe,
  };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: AppError) => error.code,
  );

test('a known call with valid input returns the value', async () => {
  expect(await setUp().client.call('double', { n: 21 })).toBe(42);
});

test('an expected error crosses with its code and params', async () => {
  const { client, logged } = setUp({
    double: () => Promise.reject(new AppError('mailbox.unknown', { name: 'support' })),
  });
  await expect(client.call('double', { n: 1 })).rejects.toMatchObject({
    code: 'mailbox.unknown',
    params: { name: 'support' },
  });
  expect(logged).toEqual([]);
});

test('a defect crosses as internal.defect and tells the page nothing else', async () => {
  const { client, logged } = setUp({ double: () => Promise.reject(new Error('secret detail')) });
  await expect(client.call('double', { n: 1 })).rejects.toMatchObject({ code: 'internal.defect', params: {} });
  expect(logged).toEqual([{ event: 'defect', code: undefined }]);
});

test('a code the contract does not declare still crosses, and is reported as our mistake', async () => {
  const { client, logged } = setUp({ double: () => Promise.reject(new AppError('folder.gone')) });
  expect(await codeOf(client.call('double', { n: 1 }))).toBe('folder.gone');
  expect(logged).toEqual([{ event: 'undeclared error', code: 'folder.gone' }]);
});

test('an output that breaks the contract is a defect', async () => {
  const { client } = setUp({ double: () => Promise.resolve('four' as unknown as number) });
  expect(await codeOf(client.call('double', { n: 2 }))).toBe('internal.defect');
});

test('an unknown method and an inherited name are refused before any handler runs', async () => {
  const { client, calls } = setUp();
  const call = client.call as (name: string, input: unknown) => Promise<unknown>;
  expect(await codeOf(call('nothing', {}))).toBe('input.invalid');
  expect(await codeOf(call('toString', {}))).toBe('input.invalid');
  expect(calls).toEqual([]);
});

test('input of the wrong shape is refused before any handler runs', async () => {
  const { client, calls } = setUp();
  expect(await codeOf(client.call('double', { n: '1' } as never))).toBe('input.invalid');
  expect(calls).toEqual([]);
});

test('a call without the right is refused before any handler runs', async () => {
  const { client, calls } = setUp({}, { checkAccess: () => Promise.reject(new AppError('permission.denied')) });
  expect(await codeOf(client.call('double', { n: 1 }))).toBe('permission.denied');
  expect(calls).toEqual([]);
});

test('a cancelled call ends as cancelled, and the handler is told', async () => {
  const { client } = setUp();
  const controller = new AbortController();
  const ended = codeOf(client.call('wait', undefined, controller.signal));
  controller.abort();
  expect(await ended).toBe('cancelled');
});

test('pending calls fail when the pipe closes, and later ones at once', async () => {
  const { client, close } = setUp();
  const pending = codeOf(client.call('wait', undefined));
  close();
  expect(await pending).toBe('store.unavailable');
  expect(await codeOf(client.call('double', { n: 1 }))).toBe('store.unavailable');
});

test('events reach those who listen, until they stop', async () => {
  const { client, emit } = setUp();
  const seen: string[] = [];
  const stop = client.on('moved', ({ to }) => void seen.push(to));
  emit('moved', { to: 'archive' });
  await client.call('double', { n: 1 });
  stop();
  emit('moved', { to: 'trash' });
  await client.call('double', { n: 1 });
  expect(seen).toEqual(['archive']);
});
