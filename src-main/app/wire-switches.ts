import type { Switches } from '../accounts/accounts.ts';
import type { Events } from '../events/events.ts';
import { switchHandlers } from '../ipc/handlers/switches.ts';
import type { Logs } from '../logs/logs.ts';

/** Thirty days are over on some day, not at some minute. */
const sweepEvery = 6 * 60 * 60_000;

/** Switches behind their calls; what is over is forgotten at the start and a few times a day. */
export function wireSwitches(switches: Switches, { events, logs }: { readonly events: Events; readonly logs: Logs }) {
  const log = logs('app.switches');
  let sweeping = Promise.resolve();
  const sweep = () => {
    sweeping = sweeping
      .then(() => switches.sweep())
      .catch((error: unknown) => log.warn('leftover secrets not removed', { error }));
  };
  sweep();
  const timer = setInterval(sweep, sweepEvery);
  timer.unref();
  return {
    handlers: switchHandlers(switches, events),
    async close(): Promise<void> {
      clearInterval(timer);
      await sweeping;
    },
  };
}
