import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { App } from '../../src-renderer/app/app.tsx';
import { createAppRouter } from '../../src-renderer/app/routes.tsx';
import { connectTo } from '../../src-renderer/ipc/ipc.ts';
import { type AppContract, contract } from '../../src-shared/contract/contract.ts';
import type { Emit, Handlers } from '../../src-shared/contract/define-contract.ts';
import { createLocalPipe } from '../../src-shared/contract/local-pipe.ts';
import { createRouter } from '../../src-shared/contract/router.ts';
import { serve } from '../../src-shared/contract/serve.ts';
import { createCannedConsole } from './canned-console.ts';

export interface FakeMain {
  readonly emit: Emit<AppContract>;
  /** Every call that came, in order. */
  readonly calls: { readonly name: string; readonly input: unknown }[];
}

export interface FakeMainOptions {
  readonly kind?: 'full' | 'empty';
  /** Instead of the canned answers. */
  readonly handlers?: Partial<Handlers<AppContract>>;
}

/** The other side of the bridge: the real contract, pipe and router; only the answers are canned. */
export function startFakeMain({ kind = 'full', handlers = {} }: FakeMainOptions = {}): FakeMain {
  const calls: { name: string; input: unknown }[] = [];
  const canned = createCannedConsole(kind);
  const pipe = createLocalPipe();
  const route = createRouter<AppContract>(
    contract,
    { ...canned.handlers, ...handlers },
    {
      log: {
        error: (event, fields) => console.error(event, fields),
      },
      checkOutput: true,
    },
  );
  const emit = serve<AppContract>(pipe.server, (id, name, input, signal) => {
    calls.push({ name, input });
    return route(id, name, input, signal);
  });
  canned.emit = emit;
  connectTo(pipe.client);
  return { emit, calls };
}

/** The whole page at an address, over a fake main process. */
export function openPage(path: string, options: FakeMainOptions = {}) {
  const main = startFakeMain(options);
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const page = render(<App router={router} env="test" />);
  return { ...page, main, router };
}
