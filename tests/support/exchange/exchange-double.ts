import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createEncrypted } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { XmlElement } from 'libxml2-wasm';
import type { CertificateFiles } from '../certificates.ts';
import { type DoubleApplication, type ImpersonationRefusal, impersonated, refusedToPeople } from './impersonation.ts';
import { createMailbox, distinguishedFolder, type StoredFolder, type StoredMailbox } from './mailboxes.ts';
import { acceptNtlm, type NtlmLine } from './ntlm-acceptor.ts';
import { type Desk, operations } from './operations.ts';
import { parseXml, schemaFault } from './schema.ts';
import { envelope, failed, fault, namespaces, responses, serverVersion } from './words.ts';

export interface DoubleAccount {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  /** Mailboxes besides its own. */
  readonly opens?: readonly string[];
}

/** Instead of the usual answer, or after it. */
export type DoubleFault =
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text?: string;
    }
  | { readonly kind: 'fault'; readonly code: string; readonly backOff?: number }
  /** HTTP 200, and the one message of the answer says no. */
  | { readonly kind: 'response'; readonly code: string; readonly backOff?: number }
  /** The usual answer is worked out, and ends here. */
  | { readonly kind: 'cut-text'; readonly keep: number }
  /** The same, behind the first of these words. */
  | { readonly kind: 'cut-behind'; readonly words: string }
  | { readonly kind: 'no-message' }
  /** The usual answer, and the line ends behind it. */
  | { readonly kind: 'last-answer' }
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'silence' };

export interface DoubleSettings {
  readonly accounts: readonly DoubleAccount[];
  /** Shared ones, which nobody signs in to. */
  readonly shared?: readonly string[];
  readonly tls?: CertificateFiles;
  readonly ways?: readonly ('basic' | 'ntlm' | 'none')[];
  /** RequestServerVersion that are known. */
  readonly versions?: readonly string[];
  /** Whose login a token stands for; left out: none is taken. */
  readonly loginOf?: (token: string) => string | null;
  /** Which application a token stands for, where it is no person's. */
  readonly applicationOf?: (token: string) => DoubleApplication | null;
}

export interface ExchangeDouble {
  readonly port: number;
  folder(address: string, distinguished?: string): StoredFolder;
  mailbox(address: string): StoredMailbox;
  /** Operations in their order. */
  readonly asked: string[];
  /** Bodies of all requests, and their headers' Authorization. */
  readonly heard: { readonly authorization: string; readonly body: string; readonly anchor: string }[];
  readonly sent: Desk['sent'];
  /** What was answered to invitations. */
  readonly answers: Desk['answers'];
  pageSize: number;
  /** Asked for each operation that came through the sign-in. */
  faults: (operation: string, body: string) => DoubleFault | null;
  /** What the schema had against a request or an answer. */
  readonly schemaFaults: string[];
  /** Ends every line, as a server does that nobody has asked for a while. */
  cutLines(): void;
  stop(): Promise<void>;
}

const path = '/EWS/Exchange.asmx';
const allVersions = [
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2016',
];

/** An Exchange in memory, over HTTP or HTTPS on a port of its own. Every request and answer is held against Microsoft's schema, where it is there. */
export async function startExchangeDouble(settings: DoubleSettings): Promise<ExchangeDouble> {
  const { accounts, shared = [], tls, ways = ['basic', 'ntlm'], versions = allVersions } = settings;
  const mailboxes = new Map(
    [...accounts.map(({ address }) => address), ...shared].map((address) => [address, createMailbox(address)]),
  );
  const certificate = tls ? readFileSync(tls.cert) : null;
  const lines = new WeakMap<Socket, { ntlm: NtlmLine; login: string | null }>();
  const mailbox = (address: string): StoredMailbox => {
    const found = mailboxes.get(address);
    if (!found) throw new Error(`no mailbox ${address}`);
    return found;
  };
  const state: Omit<ExchangeDouble, 'port' | 'stop' | 'cutLines'> = {
    folder: (address, distinguished = 'inbox') => distinguishedFolder(mailbox(address), distinguished),
    mailbox,
    asked: [],
    heard: [],
    sent: [],
    answers: [],
    pageSize: 512,
    faults: () => null,
    schemaFaults: [],
  };

  const refuseActing = (response: ServerResponse, { code, text }: ImpersonationRefusal): null => {
    response.writeHead(500, { 'Content-Type': 'text/xml' }).end(refusal(code, text));
    return null;
  };
  const signedIn = (request: IncomingMessage, response: ServerResponse, body: string): DoubleAccount | null => {
    const [way = '', token = ''] = (request.headers.authorization ?? '').split(' ');
    const application = way === 'Bearer' ? (settings.applicationOf?.(token) ?? null) : null;
    if (application !== null) {
      const anchor = String(request.headers['x-anchormailbox'] ?? '');
      const acting = impersonated(body, anchor, application, mailboxes);
      return 'code' in acting ? refuseActing(response, acting) : { login: '', password: '', address: acting.address };
    }
    const overreach = refusedToPeople(body);
    if (overreach !== null) return refuseActing(response, overreach);
    const line = lines.get(request.socket) ?? { ntlm: acceptNtlm(acceptor), login: null };
    lines.set(request.socket, line);
    const byLogin = (login: string | null) => accounts.find((account) => account.login === login) ?? null;
    if (line.login !== null && token === '') return byLogin(line.login);
    if (ways.includes('none') && token === '') return accounts[0] ?? null;
    if (way === 'Basic' && ways.includes('basic')) {
      const [login = '', password = ''] = Buffer.from(token, 'base64').toString('utf8').split(/:(.*)/s);
      const account = byLogin(login.replace(/^.*\\/, ''));
      if (account?.password === password) return account;
    }
    if (way === 'Bearer' && settings.loginOf) return byLogin(settings.loginOf(token)) ?? refuse(response, []);
    const offers = [
      ...(ways.includes('ntlm') ? ['NTLM'] : []),
      ...(ways.includes('basic') ? ['Basic realm="double"'] : []),
    ];
    if (way === 'NTLM' && ways.includes('ntlm')) {
      const answer = line.ntlm.accept(Buffer.from(token, 'base64'));
      if (answer !== null && 'login' in answer) {
        line.login = answer.login;
        return byLogin(answer.login);
      }
      if (answer !== null) offers.splice(0, 1, `NTLM ${answer.challenge.toString('base64')}`);
    }
    return refuse(response, offers);
  };
  const refuse = (response: ServerResponse, offers: readonly string[]): null => {
    response.writeHead(401, { 'WWW-Authenticate': [...offers], 'Content-Length': '0' }).end();
    return null;
  };
  const acceptor = { accounts, domain: 'CORP', certificate: certificate && new X509Certificate(certificate).raw };

  const answer = (
    account: DoubleAccount,
    body: string,
  ): { readonly status: number; readonly text: string; readonly operation: string } => {
    const document = parseXml(body);
    try {
      const version =
        (document.get('//t:RequestServerVersion', namespaces) as XmlElement | null)?.attr('Version')?.value ?? '';
      const asked = document.get('/soap:Envelope/soap:Body/*', namespaces) as XmlElement;
      const operation = asked.name;
      state.asked.push(operation);
      note(`request ${operation}`, asked.canonicalizeToString());
      for (const header of document.find('/soap:Envelope/soap:Header/*', namespaces))
        note(`header ${(header as XmlElement).name}`, (header as XmlElement).canonicalizeToString());
      if (!versions.includes(version))
        return {
          status: 500,
          operation,
          text: refusal('ErrorInvalidServerVersion', 'The specified server version is invalid.'),
        };
      const own = mailbox(account.address);
      const mayOpen = (address: string) => address === own.address || (account.opens ?? []).includes(address);
      const work = operations[operation];
      if (!work) return { status: 500, operation, text: refusal('ErrorInvalidRequest', `no ${operation} here`) };
      return {
        status: 200,
        operation,
        text: work(asked, {
          mailboxes,
          own,
          mayOpen,
          version,
          pageSize: state.pageSize,
          sent: state.sent,
          answers: state.answers,
        }),
      };
    } finally {
      document.dispose();
    }
  };
  const note = (what: string, body: string): void => {
    const wrong = schemaFault(body);
    if (wrong !== null) state.schemaFaults.push(`${what}: ${wrong}`);
  };

  /** The detail of a fault has no schema of its own: its code and its wait are held against those of an answer. */
  const refusal = (code: string, text: string, backOff?: number): string => {
    note(`fault ${code}`, responses('GetItem', [failed('GetItem', code, backOff)]));
    return fault(code, text, backOff);
  };

  const serve = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    state.heard.push({
      authorization: request.headers.authorization ?? '',
      body,
      anchor: String(request.headers['x-anchormailbox'] ?? ''),
    });
    const account = signedIn(request, response, body);
    if (account === null) return;
    if (request.url !== path) return void response.writeHead(404).end();
    const operation = body.match(/<soap:Body><m:(\w+)/)?.[1] ?? '';
    const wrong = state.faults(operation, body);
    if (wrong?.kind === 'http') return void response.writeHead(wrong.status, wrong.headers).end(wrong.text ?? '');
    if (wrong?.kind === 'silence') return;
    if (wrong?.kind === 'fault')
      return void response
        .writeHead(500, { 'Content-Type': 'text/xml' })
        .end(refusal(wrong.code, 'The server cannot service this request right now.', wrong.backOff));
    const usual =
      wrong?.kind === 'response'
        ? { status: 200, operation, text: responses(operation, [failed(operation, wrong.code, wrong.backOff)]) }
        : answer(account, body);
    if (wrong?.kind === 'drop-after') return void request.socket.destroy();
    if (usual.status === 200) {
      note('header of an answer', serverVersion);
      note(`answer ${usual.operation}`, usual.text);
    }
    const told = wrong?.kind === 'no-message' ? responses(operation, []) : usual.text;
    const text = usual.status === 200 ? envelope(told) : usual.text;
    const kept = text.slice(0, keptLength(text, wrong));
    response
      .writeHead(usual.status, {
        'Content-Type': 'text/xml; charset=utf-8',
        'Content-Length': String(Buffer.byteLength(kept)),
        ...(wrong?.kind === 'last-answer' ? { Connection: 'close' } : {}),
      })
      .end(kept);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => serve(request, response, Buffer.concat(chunks).toString('utf8')));
  };
  const server = tls
    ? createEncrypted({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, listener)
    : createPlain(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    cutLines: () => server.closeAllConnections(),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function keptLength(text: string, wrong: DoubleFault | null): number {
  if (wrong?.kind === 'cut-behind') return text.indexOf(wrong.words) + wrong.words.length;
  return wrong?.kind === 'cut-text' ? Math.floor(text.length * wrong.keep) : text.length;
}
