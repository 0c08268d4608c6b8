import calendar from './ru/calendar.json' with { type: 'json' };
import contacts from './ru/contacts.json' with { type: 'json' };
import dates from './ru/dates.json' with { type: 'json' };
import demo from './ru/demo.json' with { type: 'json' };
import errors from './ru/errors.json' with { type: 'json' };
import findings from './ru/findings.json' with { type: 'json' };
import ledger from './ru/ledger.json' with { type: 'json' };
import logs from './ru/logs.json' with { type: 'json' };
import mail from './ru/mail.json' with { type: 'json' };
import mailboxes from './ru/mailboxes.json' with { type: 'json' };
import providers from './ru/providers.json' with { type: 'json' };
import sending from './ru/sending.json' with { type: 'json' };
import settings from './ru/settings.json' with { type: 'json' };
import shell from './ru/shell.json' with { type: 'json' };
import signIn from './ru/sign-in.json' with { type: 'json' };
import startup from './ru/startup.json' with { type: 'json' };
import switching from './ru/switch.json' with { type: 'json' };
import terminal from './ru/terminal.json' with { type: 'json' };
import tickets from './ru/tickets.json' with { type: 'json' };
import trust from './ru/trust.json' with { type: 'json' };

/** Russian: the same keys, four plural forms. */
export const ru = {
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
