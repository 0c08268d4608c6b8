import type { SignIn } from '../../src-main/connectors/connectors.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { applicationToken, type GraphDouble, startGraphDouble } from '../support/graph/graph-double.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { signInTo } from './sign-in.ts';

export const bob = 'bob@company.example';
export const eve = 'eve@company.example';
export const office = 'office@company.example';
export const bobsToken = 'a-token-of-bob';

/** Made once for a file of tests. */
export function graphCertificates(): TestCertificates & Disposable {
  const folder = temporaryFolder();
  return { ...createCertificates(folder.path), [Symbol.dispose]: folder[Symbol.dispose] };
}

/** Bob may open the office's mailbox; the application any. */
export async function startDouble({ valid }: TestCertificates): Promise<GraphDouble> {
  const double = await startGraphDouble(valid, [bob, eve, office]);
  double.tokens.set(bobsToken, { address: bob, opens: [office] });
  double.tokens.set(applicationToken, { address: null, opens: [bob, eve, office] });
  return double;
}

export interface GraphWish {
  readonly mailbox?: string;
  readonly endpoint?: Partial<Endpoint>;
  /** What the provider gives, one after another; the last one for ever. */
  readonly tokens?: readonly string[];
}

export function graphTo(port: number, { mailbox = '', endpoint = {}, tokens = [bobsToken] }: GraphWish = {}): SignIn {
  const signIn = signInTo(port, 'tls', { login: bob, signIn: 'oauth2', ...endpoint });
  let asked = 0;
  return {
    endpoint: { ...signIn.endpoint, protocol: 'graph', graph: { mailbox } },
    password: '',
    askToken: async () => {
      asked += 1;
      return tokens[Math.min(asked, tokens.length) - 1] ?? '';
    },
  };
}
