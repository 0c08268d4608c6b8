import type { ImapAttribute, ImapCompileNode, ImapResponse } from 'imapflow/lib/handler/types.js';
import { decodePath, encodePath, getTextValues, hasCapability } from 'imapflow/lib/tools.js';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { Session } from './session.ts';

/** A token or list of an answer. */
export type Token = ImapAttribute | undefined;

/**
 * imapflow's way to send one command, marked internal and left out of its types; the version is pinned. Its calls for changes say `false` to a server's
 * NO, fall back to a plain EXPUNGE, or leave a flag out in silence.
 */
interface Executing {
  exec(
    command: string,
    attributes: readonly ImapCompileNode[],
    options: { readonly untagged: Readonly<Record<string, (answer: ImapResponse) => Promise<void>>> },
  ): Promise<{ readonly response: ImapResponse; readonly next: () => void }>;
}

export interface Command {
  readonly name: string;
  readonly attributes: readonly ImapCompileNode[];
  /** Which untagged answers (`SEARCH`, `STATUS`) are wanted; all others take the library's way. */
  readonly wanted?: readonly string[];
}

export interface CommandAnswer {
  readonly untagged: readonly ImapResponse[];
  /** The response code's parts: `COPYUID`, `7`, `1:3`, `9:11`. */
  readonly code: readonly Token[];
}

/** Exactly one command; a NO or BAD throws what it means. */
export function sendCommand(
  session: Session,
  { name, attributes, wanted = [] }: Command,
  signal: AbortSignal,
): Promise<CommandAnswer> {
  return session.run(async (client) => {
    const untagged: ImapResponse[] = [];
    const take = async (answer: ImapResponse): Promise<void> => void untagged.push(answer);
    const { response, next } = await (client as unknown as Executing).exec(name, attributes, {
      untagged: Object.fromEntries(wanted.map((keyword) => [keyword, take])),
    });
    // Until then nothing more is read off the line.
    next();
    if (response.command?.toUpperCase() !== 'OK') throw refusalOf(response);
    return { untagged, code: codeOf(response) };
  }, signal);
}

/** The library takes a NO that speaks of letters that are gone for an OK; of a COPY or MOVE nothing has been done then. */
function refusalOf(response: ImapResponse): Error {
  const responseText = getTextValues(response.attributes).join(' ').trim();
  return Object.assign(new Error('Command failed'), { response, responseStatus: response.command, responseText });
}

export const atom = (value: string): ImapCompileNode => ({ type: 'ATOM', value });
/** A sequence set, as `uidSets` makes them. */
export const setOf = (value: string): ImapCompileNode => ({ type: 'SEQUENCE', value });

/** As it goes over the wire: modified UTF-7, unless the server is one of IMAP4rev2 only. */
export const wirePath = ({ client }: Session, path: string): string => encodePath(client, path);
export const decodedPath = ({ client }: Session, token: Token): string => decodePath(client, textOf(token) ?? '');

/** Also where IMAP4rev2 has the extension built in (RFC 9051, appendix E). */
export const offers = ({ client }: Session, capability: string): boolean => hasCapability(client, capability);

export function textOf(token: Token): string | null {
  const value = token?.value;
  // A name that came as a literal.
  if (Buffer.isBuffer(value)) return value.toString();
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** The code of an answer; also of an untagged OK. */
export function codeOf({ attributes }: ImapResponse): readonly Token[] {
  return attributes?.[0]?.section ?? [];
}

/** What stands in `serverWords` names what is missing, in the protocol's terms. */
export function unsupported({ endpoint }: Session, missing: string): AppError {
  return new AppError('server.unsupported', { ...placeOf(endpoint), serverWords: missing });
}
