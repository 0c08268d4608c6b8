import { z } from 'zod';
import { serverFolderSchema } from './folder.ts';
import { folderIdSchema, mailboxIdSchema } from './ids.ts';
import {
  hasCalendar,
  hasContacts,
  type IncomingEndpoint,
  type IncomingProtocol,
  incomingEndpointSchema,
  type MailboxSettings,
  outgoingEndpointSchema,
  withinProtocol,
} from './mailbox.ts';
import { oauthSettingsSchema, sameRegistration } from './oauth.ts';
import { openedMailbox } from './opened-mailbox.ts';
import { instantSchema } from './time.ts';
import { isUsualPort } from './usual-ports.ts';

/** What a switch exchanges of a mailbox's settings; all else stays as the operator has it. */
export const connectionSchema = z
  .object({
    incoming: incomingEndpointSchema.nullable(),
    outgoing: outgoingEndpointSchema.nullable(),
    oauth: oauthSettingsSchema.nullable(),
  })
  .readonly();
export type Connection = z.infer<typeof connectionSchema>;

/** A ticked folder through both connections. Counts are those of two moments: what arrived between them is a small difference. */
export const folderTrialSchema = z
  .object({
    folderId: folderIdSchema,
    path: z.string(),
    /** What the other connection calls it; null: it does not show this folder. */
    pathThere: z.string().nullable(),
    /** On the server, as the running connection last counted; null: it has not counted yet. */
    here: z.number().int().nullable(),
    /** Of those, loaded. */
    loaded: z.number().int(),
    /** Null: not counted. */
    there: z.number().int().nullable(),
    /** Letters that were read through the other connection and looked for among those loaded. */
    sampled: z.number().int(),
    /** Known byte for byte. */
    same: z.number().int(),
    /** Known by Message-ID and date: the server writes them otherwise over this protocol. */
    alike: z.number().int(),
  })
  .readonly();
export type FolderTrial = z.infer<typeof folderTrialSchema>;

/** There were letters on both sides: without one that is loaded, none can be known. */
export function isCompared({ sampled, loaded }: FolderTrial): boolean {
  return sampled > 0 && loaded > 0;
}

/** Of the letters that were compared not one is known: it may be another mailbox. */
export function isStrange(folder: FolderTrial): boolean {
  return isCompared(folder) && folder.same + folder.alike === 0;
}

export const switchTrialSchema = z
  .object({
    at: instantSchema,
    folders: z.array(folderTrialSchema).readonly(),
    /** Which folder here is which there, ticked or not. */
    matches: z.array(z.object({ folderId: folderIdSchema, folder: serverFolderSchema }).readonly()).readonly(),
  })
  .readonly();
export type SwitchTrial = z.infer<typeof switchTrialSchema>;

/** `prepared`: to be switched to. `former`: what it was before, kept for the way back. */
export const switchStateSchema = z.enum(['prepared', 'former']);
export type SwitchState = z.infer<typeof switchStateSchema>;

/** A connection that a mailbox could have beside the one it has. */
export const mailboxSwitchSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    state: switchStateSchema,
    connection: connectionSchema,
    preparedAt: instantSchema,
    /** Null: not tried. */
    trial: switchTrialSchema.nullable(),
    /** Of `former`: until when one can go back; null for `prepared`. */
    keepUntil: instantSchema.nullable(),
  })
  .readonly();
export type MailboxSwitch = z.infer<typeof mailboxSwitchSchema>;

/** For thirty days the former connection and its secrets are kept. */
export const wayBackMilliseconds = 30 * 86_400_000;

export function connectionOf({ incoming, outgoing, oauth }: MailboxSettings): Connection {
  return { incoming, outgoing, oauth };
}

/** The same mailbox over another connection, as far as its protocol can do what is wished. */
export function withConnection(settings: MailboxSettings, connection: Connection): MailboxSettings {
  const protocol = connection.incoming?.protocol ?? null;
  const sameApplication = sameRegistration(settings.oauth, connection.oauth);
  return {
    ...settings,
    incoming: connection.incoming,
    outgoing: connection.outgoing,
    oauth: connection.oauth,
    ...(protocol === null ? {} : fulfilledBy(protocol, settings)),
    // The day on which the secret of another application ends says nothing of this one.
    dates: sameApplication ? settings.dates : { ...settings.dates, clientSecretEnds: null },
  };
}

function fulfilledBy(protocol: IncomingProtocol, settings: MailboxSettings): Partial<MailboxSettings> {
  const { calendar, contacts } = settings;
  return {
    ...withinProtocol(protocol, settings),
    ...(calendar === undefined ? {} : { calendar: calendar && hasCalendar(protocol) }),
    ...(contacts === undefined ? {} : { contacts: contacts && hasContacts(protocol) }),
  };
}

/** The way back: what was decided since stays, but for wishes that only the former protocol can fulfil. */
export function withFormerConnection(now: MailboxSettings, former: MailboxSettings): MailboxSettings {
  const reduced = withConnection(former, connectionOf(now));
  const keeps = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const { newMail, folders } = former.loading;
  return {
    ...withConnection(now, connectionOf(former)),
    afterwards: keeps(reduced.afterwards, former.afterwards) ? now.afterwards : former.afterwards,
    loading: {
      ...now.loading,
      newMail: reduced.loading.newMail === newMail ? now.loading.newMail : newMail,
      folders: reduced.loading.folders === folders ? now.loading.folders : folders,
    },
    ...(reduced.calendar === former.calendar ? {} : { calendar: former.calendar }),
    ...(reduced.contacts === former.contacts ? {} : { contacts: former.contacts }),
    dates: keeps(reduced.dates, former.dates) ? now.dates : former.dates,
  };
}

/**
 * Letters go out by another way or another sign-in. A person's sign-in is always another: none is copied from the mailbox. A mailbox that does nothing else is always tried,
 * also for a new password.
 */
export function sendsOtherwise(now: MailboxSettings, then: MailboxSettings): boolean {
  if (then.outgoing === null) return false;
  if (then.incoming === null) return true;
  const byToken = then.outgoing.signIn === 'oauth2';
  if (byToken && then.oauth?.flow === 'interactive') return true;
  const wayOf = ({ outgoing, oauth }: Connection) => JSON.stringify([outgoing, byToken ? oauth : null]);
  return wayOf(now) !== wayOf(then);
}

/** Where letters are received from, and who says whose they are. */
type Place = Pick<MailboxSettings, 'incoming' | 'oauth' | 'address'>;

/**
 * Letters have the same numbers through both. Another port may be another server, unless each is the protocol's own: then it is another encryption of the same. When in
 * doubt they are not the same: letters are then read again and known by content, which costs time and loses nothing. Where nothing is received any more, numbers stay.
 */
export function samePlace(one: Place, other: Place): boolean {
  if (one.incoming === null || other.incoming === null) return other.incoming === null;
  const portOf = ({ port, protocol }: IncomingEndpoint) => (isUsualPort(port, protocol) ? 'usual' : port);
  const placeOf = (endpoint: IncomingEndpoint, place: Place) =>
    JSON.stringify([
      endpoint.protocol,
      endpoint.host.toLowerCase(),
      portOf(endpoint),
      endpoint.login.toLowerCase(),
      openedMailbox(endpoint, place).toLowerCase(),
    ]);
  return placeOf(one.incoming, one) === placeOf(other.incoming, other);
}
