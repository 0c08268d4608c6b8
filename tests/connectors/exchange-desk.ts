import type { IncomingConnector, SignIn } from '../../src-main/connectors/connectors.ts';
import type { ConnectionTimes } from '../../src-main/connectors/limits.ts';
import { type Exchange, newExchange } from '../../src-shared/domain/exchange.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { type DoubleSettings, type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { connectorsFor, password, signInTo, soon } from './sign-in.ts';

export const bob = { login: 'bob', password, address: 'bob@company.example', opens: ['office@company.example'] };
export const eve = { login: 'eve', password: 'other', address: 'eve@company.example' };

export const startDouble = (settings: Partial<DoubleSettings> = {}): Promise<ExchangeDouble> =>
  startExchangeDouble({ accounts: [bob, eve], shared: ['office@company.example'], ...settings });

/** To a double, signed in by Basic unless said otherwise. */
export function ewsTo(port: number, exchange: Partial<Exchange> = {}, endpoint: Partial<Endpoint> = {}): SignIn {
  const signIn = signInTo(port, 'none', endpoint);
  return {
    ...signIn,
    endpoint: { ...signIn.endpoint, protocol: 'ews', exchange: { ...newExchange, windows: false, ...exchange } },
  };
}

export async function connected<T>(
  signIn: SignIn,
  work: (connector: IncomingConnector) => Promise<T>,
  {
    trusted = [],
    times = {},
  }: { readonly trusted?: readonly string[]; readonly times?: Partial<ConnectionTimes> } = {},
): Promise<T> {
  const connector = await connectorsFor(trusted, times).openIncoming(signIn, soon());
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}
