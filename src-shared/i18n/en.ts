import calendar from './en/calendar.json' with { type: 'json' };
import contacts from './en/contacts.json' with { type: 'json' };
import dates from './en/dates.json' with { type: 'json' };
import demo from './en/demo.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import findings from './en/findings.json' with { type: 'json' };
import ledger from './en/ledger.json' with { type: 'json' };
import logs from './en/logs.json' with { type: 'json' };
import mail from './en/mail.json' with { type: 'json' };
import mailboxes from './en/mailboxes.json' with { type: 'json' };
import providers from './en/providers.json' with { type: 'json' };
import sending from './en/sending.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import startup from './en/startup.json' with { type: 'json' };
import switching from './en/switch.json' with { type: 'json' };
import terminal from './en/terminal.json' with { type: 'json' };
import tickets from './en/tickets.json' with { type: 'json' };
import trust from './en/trust.json' with { type: 'json' };

/** English, the source of the key type. One file for each area of the program. */
export const en = {
  ...calendar,
  ...contacts,
  ...dates,
  ...demo,
  ...errors,
  ...findings,
  ...ledger,
  ...logs,
  ...mail,
  ...mailboxes,
  ...providers,
  ...sending,
  ...settings,
  ...shell,
  ...signIn,
  ...startup,
  ...switching,
  ...terminal,
  ...tickets,
  ...trust,
};
