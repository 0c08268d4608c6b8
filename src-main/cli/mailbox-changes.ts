import { z } from 'zod';
import type { GivenDates, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { mailboxFileFields as fields } from './mailbox-file.ts';
import { endOfDay } from './record-fields.ts';
import { refuseImpossible } from './refuse-impossible.ts';

/** What `mailroom mailbox set` reads: what is not named stays as it is. */
export const mailboxChangesSchema = z
  .strictObject({
    description: fields.description,
    folders: fields.folders,
    firstLoadPeriod: fields.firstLoadPeriod,
    newMail: fields.newMail,
    largestMb: fields.largestMb,
    lane: fields.lane,
    afterwards: fields.afterwards,
    automatic: fields.automatic,
    pollMinutes: fields.pollMinutes.nullable().describe('null: the console’s general interval.'),
    sentCopy: fields.sentCopy,
    collectsTickets: fields.collectsTickets,
    log: fields.log,
    clientSecretEnds: fields.clientSecretEnds,
    passwordDays: fields.passwordDays,
    calendar: fields.calendar,
    contacts: fields.contacts,
  })
  .partial();
export type MailboxChanges = z.output<typeof mailboxChangesSchema>;

export function changedSettings(before: MailboxSettings, changes: MailboxChanges): MailboxSettings {
  const { loading } = before;
  refuseImpossible(before.incoming?.protocol ?? null, changes);
  const { folders, pollMinutes } = changes;
  return {
    ...before,
    description: changes.description ?? before.description,
    afterwards: changes.afterwards ?? before.afterwards,
    sentCopy: changes.sentCopy ?? before.sentCopy,
    collectsTickets: changes.collectsTickets ?? before.collectsTickets,
    log: changes.log ?? before.log,
    dates: changedDates(before.dates, changes),
    calendar: changes.calendar ?? before.calendar,
    contacts: changes.contacts ?? before.contacts,
    loading: {
      firstLoadPeriod: changes.firstLoadPeriod ?? loading.firstLoadPeriod,
      newMail: changes.newMail ?? loading.newMail,
      largestMb: changes.largestMb ?? loading.largestMb,
      lane: changes.lane ?? loading.lane,
      automatic: changes.automatic ?? loading.automatic,
      pollMinutes: pollMinutes === undefined ? loading.pollMinutes : pollMinutes,
      folders: folders === undefined ? loading.folders : folders === 'all' ? 'all' : 'chosen',
    },
  };
}

function changedDates(before: GivenDates, { clientSecretEnds, passwordDays }: MailboxChanges): GivenDates {
  return {
    clientSecretEnds: clientSecretEnds === undefined ? before.clientSecretEnds : endOfDay(clientSecretEnds),
    passwordDays: passwordDays === undefined ? before.passwordDays : passwordDays,
  };
}

/** Does it change which letters are loaded, or what is done with them on the server? Only then is the server asked. */
export function changesLoading(changes: MailboxChanges): boolean {
  const { folders, firstLoadPeriod, newMail, largestMb, afterwards } = changes;
  return [folders, firstLoadPeriod, newMail, largestMb, afterwards].some((change) => change !== undefined);
}
