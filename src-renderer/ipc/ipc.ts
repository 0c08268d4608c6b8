import { createClient } from '../../src-shared/contract/client.ts';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type {
  Client,
  EventName,
  Input,
  MethodName,
  Output,
  Payload,
} from '../../src-shared/contract/define-contract.ts';
import type { ClientPipe } from '../../src-shared/contract/envelope.ts';
import { type Bridge, bridgePipe } from './bridge-pipe.ts';

declare global {
  interface Window {
    readonly mailroom?: Bridge;
  }
}

export type AppMethod = MethodName<AppContract>;
export type AppEvent = EventName<AppContract>;
export type AppInput<N extends AppMethod> = Input<AppContract, N>;
export type AppOutput<N extends AppMethod> = Output<AppContract, N>;
export type AppPayload<N extends AppEvent> = Payload<AppContract, N>;

/** The input of a method as arguments: none where the method takes none. */
export type InputArguments<N extends AppMethod> =
  undefined extends AppInput<N> ? readonly [input?: undefined] : readonly [input: AppInput<N>];

let client: Client<AppContract> | null = null;

/** Tests and the preview hand in a pipe of their own; the program's page never calls this. */
export function connectTo(pipe: ClientPipe): void {
  client = createClient<AppContract>(pipe, 'store.unavailable');
}

function connected(): Client<AppContract> {
  if (!client) {
    if (!window.mailroom) throw new Error('the page runs outside of the console: there is no bridge');
    connectTo(bridgePipe(window.mailroom));
  }
  return client as Client<AppContract>;
}

/** Asks the main process. Rejects with an AppError, never with anything else. */
export function call<N extends AppMethod>(name: N, input: AppInput<N>, signal?: AbortSignal): Promise<AppOutput<N>> {
  return connected().call(name, input, signal);
}

/** Returns the function that ends the subscription. */
export function subscribe<N extends AppEvent>(name: N, listener: (payload: AppPayload<N>) => void): () => void {
  return connected().on(name, listener);
}
