import type { Contract, Emit } from './define-contract.ts';
import type { ServerPipe } from './envelope.ts';
import type { Route } from './router.ts';

/** Answers one pipe through a route; returns how to tell that pipe of events. A closed pipe cancels what it asked for. */
export function serve<C extends Contract>(pipe: ServerPipe, route: Route): Emit<C> {
  const running = new Map<number, AbortController>();
  let closed = false;

  pipe.onMessage((question) => {
    if (question.kind === 'cancel') {
      running.get(question.id)?.abort();
      return;
    }
    const { id, name, input } = question;
    const controller = new AbortController();
    running.set(id, controller);
    void route(id, name, input, controller.signal).then((reply) => {
      running.delete(id);
      if (!closed) pipe.send(reply);
    });
  });
  pipe.onClose(() => {
    closed = true;
    for (const controller of running.values()) controller.abort();
    running.clear();
  });

  return (name, payload) => {
    if (!closed) pipe.send({ kind: 'event', name, payload });
  };
}
