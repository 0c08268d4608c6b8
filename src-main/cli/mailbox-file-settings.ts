import { newExchange } from '../../src-shared/domain/exchange.ts';
import { newGraph, usualGraphHost } from '../../src-shared/domain/graph.ts';
import type {
  Endpoint,
  IncomingEndpoint,
  IncomingProtocol,
  MailboxSettings,
  OutgoingEndpoint,
} from '../../src-shared/domain/mailbox.ts';
import { type OAuthSettings, oauthSettingsSchema, possibleProofs } from '../../src-shared/domain/oauth.ts';
import type { Detection, ServerAddress } from '../../src-shared/domain/provider.ts';
import { usualPort } from '../../src-shared/domain/usual-ports.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { MailboxFile, ServerInFile } from './mailbox-file.ts';
import { endOfDay } from './record-fields.ts';
import { refuseImpossible } from './refuse-impossible.ts';

/** The file and what detection knows, as settings. Throws `input.invalid` where a server is neither given nor known, or the protocol cannot do what is wished. */
export function settingsFrom(file: MailboxFile, detection: Detection): MailboxSettings {
  const { address, description, sender, collectsTickets } = file;
  const name = file.name ?? address;
  if (file.incoming === null && file.outgoing === null) throw new AppError('input.invalid', { at: 'outgoing' });
  refuseImpossible(file.incoming?.protocol ?? null, file);
  const oauth = registrationIn(file);
  refuseSplitSignIn(file);
  const usual = { login: detection.login, signIn: oauth ? ('oauth2' as const) : ('password' as const) };
  return {
    name,
    address,
    description,
    incoming: file.incoming && incomingFrom(file.incoming, detection.incoming, usual),
    outgoing: file.outgoing && outgoingFrom(file.outgoing, file.incoming, detection.outgoing, usual),
    oauth,
    sender: {
      fromAddress: sender.fromAddress ?? address,
      fromName: sender.fromName ?? name,
      replyTo: sender.replyTo ?? address,
    },
    sentCopy: file.sentCopy,
    loading: {
      firstLoadPeriod: file.firstLoadPeriod,
      automatic: file.automatic,
      pollMinutes: file.pollMinutes ?? null,
      newMail: file.newMail,
      folders: file.folders === 'all' ? 'all' : 'chosen',
      largestMb: file.largestMb,
      lane: file.lane,
    },
    afterwards: file.afterwards,
    collectsTickets,
    log: file.log,
    dates: { clientSecretEnds: endOfDay(file.clientSecretEnds), passwordDays: file.passwordDays },
    calendar: file.calendar,
    contacts: file.contacts,
  };
}

/** Graph takes tokens alone, and a token is for it or for the mail servers, never for both. Throws `input.invalid` by the name of what does not fit. */
function refuseSplitSignIn({ incoming, outgoing }: MailboxFile): void {
  const servers = [
    ['incoming', incoming],
    ['outgoing', outgoing],
  ] as const;
  for (const [direction, server] of servers)
    if (server?.protocol === 'graph' && (server.signIn ?? 'oauth2') !== 'oauth2')
      throw new AppError('input.invalid', { at: `${direction}.signIn` });
  const byToken = servers.flatMap(([, server]) => (server && (server.signIn ?? 'oauth2') === 'oauth2' ? [server] : []));
  const graph = byToken.filter(({ protocol }) => protocol === 'graph');
  if (graph.length > 0 && graph.length < byToken.length) throw new AppError('input.invalid', { at: 'outgoing.signIn' });
}

/** With what its authority wants first where it says nothing. Throws `input.invalid` where the two do not fit, or no authority is named for an endpoint that needs one. */
function registrationIn({ oauth, incoming, outgoing }: MailboxFile): OAuthSettings | null {
  if (oauth === undefined) {
    const wanted = [incoming, outgoing].some((server) => server?.signIn === 'oauth2' || server?.protocol === 'graph');
    if (wanted) throw new AppError('input.invalid', { at: 'oauth' });
    return null;
  }
  const proof = oauth.proof ?? possibleProofs[oauth.authority][oauth.flow][0];
  const parsed = oauthSettingsSchema.safeParse({ ...oauth, proof });
  if (parsed.success) return parsed.data;
  throw new AppError('input.invalid', { at: `oauth.${parsed.error.issues[0]?.path.join('.') ?? ''}` });
}

function incomingFrom(
  given: NonNullable<MailboxFile['incoming']>,
  found: ServerAddress | null,
  usual: Parameters<typeof endpoint>[3],
): IncomingEndpoint {
  const { protocol } = given;
  return {
    ...endpoint(protocol, given, protocol === 'imap' ? found : null, usual),
    protocol,
    ...(protocol === 'ews' ? { exchange: given.exchange ?? newExchange } : {}),
    ...(protocol === 'graph' ? { graph: given.graph ?? newGraph } : {}),
  };
}

function outgoingFrom(
  given: NonNullable<MailboxFile['outgoing']>,
  incoming: MailboxFile['incoming'],
  found: ServerAddress | null,
  usual: Parameters<typeof endpoint>[3],
): OutgoingEndpoint {
  if (given.protocol === 'smtp') return endpoint('smtp', given, found, usual);
  const { protocol: _incoming, ...same } = incoming ?? { ...given, protocol: null };
  const { protocol, ...own } = given;
  const exchange = given.exchange ?? same.exchange ?? newExchange;
  const whole = {
    ...same,
    ...own,
    host: own.host ?? same.host,
    login: own.login ?? same.login,
    port: own.port ?? same.port,
  };
  return {
    ...endpoint(protocol, { ...whole, encryption: own.encryption ?? same.encryption }, null, usual),
    protocol,
    ...(protocol === 'ews' ? { exchange } : { graph: given.graph ?? same.graph ?? newGraph }),
  };
}

function endpoint(
  protocol: IncomingProtocol | 'smtp',
  given: ServerInFile,
  found: ServerAddress | null,
  usual: Pick<Endpoint, 'login' | 'signIn'>,
): Endpoint {
  const host = given.host ?? found?.host ?? (protocol === 'graph' ? usualGraphHost : undefined);
  const direction = protocol === 'smtp' ? 'outgoing' : 'incoming';
  if (host === undefined) throw new AppError('input.invalid', { at: `${direction}.host` });
  const encryption = given.encryption ?? found?.encryption ?? 'tls';
  // A port that was found belongs to the encryption that was found with it.
  const foundPort = given.encryption === undefined ? found?.port : undefined;
  return {
    host,
    port: given.port ?? foundPort ?? usualPort(protocol, encryption),
    encryption,
    login: given.login ?? usual.login,
    signIn: given.signIn ?? usual.signIn,
    pinnedCertificate: given.pinnedCertificate,
  };
}
