import type { Afterwards, Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import { type Asking, settingsOf } from '../bad-input/main-process.ts';
import { clientSecret, type GraphDouble } from '../support/graph/graph-double.ts';

/** Bob's mailbox as an application opens it: with the secret of its registration. */
export function graphSettings({ port }: GraphDouble, afterwards: Afterwards = { kind: 'leave' }): ReceivingSettings {
  const endpoint = { protocol: 'graph', graph: { mailbox: '' }, encryption: 'tls', signIn: 'oauth2' } as const;
  const place = `https://localhost:${port}`;
  return {
    ...settingsOf({ user: 'bob', port, endpoint, afterwards }),
    oauth: {
      authority: 'other',
      issuer: null,
      clientId: 'desk-application',
      directoryId: '',
      flow: 'application',
      signInAs: '',
      proof: 'secret',
      scopes: ['https://graph.microsoft.com/.default'],
      endpoints: { authorization: `${place}/authorize`, token: `${place}/token` },
      redirectPort: null,
    },
  };
}

export interface GraphMailboxPlan {
  readonly folders?: readonly string[];
  /** Of the application's registration; else the one that the double takes. */
  readonly secret?: string;
}

export function addGraphMailbox(
  main: Asking,
  settings: MailboxSettings,
  { folders = ['INBOX'], secret = clientSecret }: GraphMailboxPlan = {},
): Promise<Mailbox> {
  return main.call('mailboxes.add', {
    draft: {
      settings,
      password: null,
      outgoingPassword: null,
      mailboxId: null,
      providerSignIn: { signInId: null, clientSecret: secret, secretOf: null },
    },
    folders: folders.map((path) => ({
      path,
      name: path,
      separator: '/',
      role: path === 'INBOX' ? ('inbox' as const) : null,
      selectable: true,
      identity: null,
      selected: true,
    })),
    learnProviderId: null,
    confirmed: settings.afterwards.kind !== 'leave',
  });
}
