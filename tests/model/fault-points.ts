import type { StoreContract } from '../../src-main/store/store-api.ts';
import type { LaunchStore, StoreProcess } from '../../src-main/store/store-process-pipe.ts';
import { createClient } from '../../src-shared/contract/client.ts';
import type { Client } from '../../src-shared/contract/define-contract.ts';
import type { Answer, ClientPipe, Question } from '../../src-shared/contract/envelope.ts';
import type { Point } from './changes.ts';

/** What happens when the console comes to the point; what is sent or answered there goes on when the promise resolves. */
export type AtPoint = (serving: StoreProcess) => Promise<void>;

/** The way between the console and its store, where it can be cut at a chosen call. */
export interface WatchedStore {
  readonly launch: LaunchStore;
  /** Once, counted from now on; null: never. */
  arm(point: Point | null, then: AtPoint): void;
  /** Questions of the test's own, which no point counts. */
  client(): Client<StoreContract>;
}

/** Ids of the test's own questions start here; the console counts its own from one. */
const ownIds = 2 ** 40;

export function watchStore(launch: LaunchStore): WatchedStore {
  let armed: { readonly point: Point; readonly then: AtPoint; left: number } | null = null;
  let own: Client<StoreContract> | null = null;

  const reached = (name: string, when: Point['when']): AtPoint | null => {
    if (armed === null || armed.point.when !== when || (armed.point.call !== '*' && armed.point.call !== name))
      return null;
    armed.left -= 1;
    if (armed.left > 0) return null;
    const { then } = armed;
    armed = null;
    return then;
  };

  const watch = (serving: StoreProcess): ClientPipe => {
    const { pipe } = serving;
    const names = new Map<number, string>();
    return {
      send(question: Question) {
        const act = question.kind === 'call' ? reached(question.name, 'before') : null;
        if (question.kind === 'call') names.set(question.id, question.name);
        if (act === null) pipe.send(question);
        else void act(serving).then(() => pipe.send(question));
      },
      onMessage: (listener) =>
        pipe.onMessage((answer) => {
          if (isOwn(answer)) return;
          const name = answer.kind === 'event' ? undefined : names.get(answer.id);
          if (answer.kind !== 'event') names.delete(answer.id);
          const act = name === undefined ? null : reached(name, 'after');
          if (act === null) listener(answer);
          else void act(serving).then(() => listener(answer));
        }),
      onClose: pipe.onClose,
    };
  };

  return {
    launch: async () => {
      const serving = await launch();
      own = createClient<StoreContract>(ownEnd(serving.pipe), 'store.unavailable');
      return { ...serving, pipe: watch(serving) };
    },
    arm(point, then) {
      armed = point === null ? null : { point, then, left: point.nth };
    },
    client() {
      if (own === null) throw new Error('no store is served yet');
      return own;
    },
  };
}

const isOwn = (answer: Answer): boolean => answer.kind !== 'event' && answer.id >= ownIds;

function ownEnd(pipe: ClientPipe): ClientPipe {
  return {
    send: (question) => pipe.send({ ...question, id: question.id + ownIds }),
    onMessage: (listener) =>
      pipe.onMessage((answer) => {
        if (answer.kind !== 'event' && isOwn(answer)) listener({ ...answer, id: answer.id - ownIds });
      }),
    onClose: pipe.onClose,
  };
}
