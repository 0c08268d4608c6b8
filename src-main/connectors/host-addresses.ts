import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { MailProtocol } from '../../src-shared/doctor/clues.ts';
import { isOverHttp } from '../../src-shared/domain/mailbox.ts';
import { withinBudget } from '../net/deadline.ts';
import { findProxy } from '../net/proxy.ts';

/** All addresses of a name; the system's resolver unless another is handed in. */
export type LookUp = (host: string) => Promise<readonly LookupAddress[]>;

export const resolveName = (host: string, ask: LookUp = (name) => lookup(name, { all: true })) => ask(host);

/** The proxy on the way, which also looks the name up; null: straight on. */
export function proxyOnTheWay(protocol: MailProtocol, host: string): Promise<URL | null> {
  return findProxy(host, process.env, isOverHttp(protocol) ? 'web' : 'mail');
}

/** As long as a person waits without asking why. */
const longestKnock = 1_500;

/** An IPv6 address at which nobody can be reached while the IPv4 one answers: every connection then begins with a wait. Null where both or none do. */
export async function deadAddressOf(
  addresses: readonly LookupAddress[],
  port: number,
  signal: AbortSignal,
): Promise<string | null> {
  const six = addresses.find(({ family, address }) => family === 6 && address !== '::1');
  const four = addresses.find(({ family }) => family === 4);
  if (six === undefined || four === undefined) return null;
  const [sixAnswers, fourAnswers] = await Promise.all([six, four].map(({ address }) => answers(address, port, signal)));
  return !sixAnswers && fourAnswers ? six.address : null;
}

async function answers(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  const line = connect({ host, port });
  const { promise, resolve, reject } = Promise.withResolvers<true>();
  line.once('connect', () => resolve(true)).on('error', reject);
  try {
    return await withinBudget(
      { milliseconds: longestKnock, signal },
      () => promise,
      () => line.destroy(),
    );
  } catch {
    return false;
  } finally {
    line.destroy();
  }
}
