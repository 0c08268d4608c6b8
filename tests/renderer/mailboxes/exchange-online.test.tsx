import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { TextProvider } from '../../../src-renderer/i18n/i18n.tsx';
import { RegistrationGuide } from '../../../src-renderer/mailbox/registration-guide.tsx';
import { IncomingFields, OutgoingFields } from '../../../src-renderer/mailboxes/endpoint-fields.tsx';
import { newExchange } from '../../../src-shared/domain/exchange.ts';
import type { MailUse } from '../../../src-shared/domain/mail-uses.ts';
import type { IncomingEndpoint, OutgoingEndpoint } from '../../../src-shared/domain/mailbox.ts';
import { oauthSettingsSchema } from '../../../src-shared/domain/oauth.ts';

const online = {
  host: 'outlook.office365.com',
  port: 443,
  encryption: 'tls',
  login: 'anna@northwind.example',
  signIn: 'password',
  pinnedCertificate: null,
  protocol: 'ews',
  exchange: { ...newExchange, mailbox: 'office@northwind.example' },
} as const;

function show(of: React.ReactNode, language: 'en' | 'ru' = 'en') {
  return render(
    <MantineProvider>
      <TextProvider language={language}>{of}</TextProvider>
    </MantineProvider>,
  );
}

function Incoming({ told }: { readonly told: (value: IncomingEndpoint) => void }) {
  const [value, setValue] = useState<IncomingEndpoint>(online);
  told(value);
  return <IncomingFields value={value} onChange={setValue} />;
}

function Outgoing({ told }: { readonly told: (value: OutgoingEndpoint) => void }) {
  const [value, setValue] = useState<OutgoingEndpoint>(online);
  told(value);
  return <OutgoingFields value={value} onChange={setValue} alone />;
}

describe('“Open it by Graph instead” brings the fields of Graph, for the same login and mailbox', () => {
  const byGraph = {
    protocol: 'graph',
    host: 'graph.microsoft.com',
    port: 443,
    signIn: 'oauth2',
    login: online.login,
    graph: { mailbox: 'office@northwind.example' },
  };

  test.each(['receives', 'sends'] as const)('where the mailbox %s', async (way) => {
    let typed: object = {};
    const told = (value: object) => {
      typed = value;
    };
    show(way === 'receives' ? <Incoming told={told} /> : <Outgoing told={told} />);
    expect(screen.getByText(/Exchange Online/)).toHaveTextContent(/from .*2026 on.*for good on .*2027/);
    await userEvent.click(screen.getByRole('button', { name: 'Open it by Graph instead' }));
    expect(typed).toMatchObject(byGraph);
    expect(screen.queryByRole('button', { name: 'Open it by Graph instead' })).toBeNull();
    expect(screen.queryByText(/Exchange Online/)).toBeNull();
  });

  test('a server of one’s own is not offered it', () => {
    show(<IncomingFields value={{ ...online, host: 'mail.northwind.example' }} onChange={() => {}} />);
    expect(screen.queryByRole('button', { name: 'Open it by Graph instead' })).toBeNull();
  });
});

describe('how an application is registered at Microsoft', () => {
  const guide = (flow: 'interactive' | 'application', uses: readonly MailUse[], language: 'en' | 'ru' = 'en') => {
    const proof = flow === 'application' ? 'secret' : 'none';
    const oauth = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'x', directoryId: 'x', flow, proof });
    const { container } = show(<RegistrationGuide oauth={oauth} uses={uses} />, language);
    return container.querySelector('ol')?.textContent ?? '';
  };

  test.each([
    ['interactive', ['imap', 'smtp'], 'IMAP.AccessAsUser.All, SMTP.Send;'],
    ['interactive', ['ews'], 'EWS.AccessAsUser.All;'],
    ['interactive', ['graph', 'graph-send'], 'Mail.ReadWrite, Mail.Send;'],
    ['application', ['pop3', 'smtp'], 'Office 365 Exchange Online: POP.AccessAsApp, SMTP.SendAsApp;'],
    ['application', ['ews'], 'Office 365 Exchange Online: full_access_as_app;'],
    ['application', ['graph', 'graph-send'], 'Microsoft Graph: Mail.ReadWrite, Mail.Send;'],
  ] as const)('names the permissions of what was chosen alone (%s, %j)', (flow, uses, words) => {
    const said = guide(flow, uses);
    expect(said).toContain(words);
    const [, named = ''] = said.match(/needs[^:]*: ([^;]+);/) ?? [];
    expect(named.split(', ').at(-1)).toBe(words.replace(/;$/, '').split(/[ ,]+/).at(-1));
    expect(guide(flow, uses, 'ru')).toContain(named);
  });
});
