import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { TextProvider } from '../../../src-renderer/i18n/i18n.tsx';
import { BesideLettersFields } from '../../../src-renderer/mailboxes/beside-letters-fields.tsx';
import type { IncomingProtocol } from '../../../src-shared/domain/mailbox.ts';
import { type OAuthSettings, oauthSettingsSchema } from '../../../src-shared/domain/oauth.ts';
import { settingsOf } from '../../support/canned-mailboxes.ts';

const byAnna = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'c', signInAs: 'anna@x.example' });

function show(protocol: IncomingProtocol, mailbox = 'office@x.example', oauth: OAuthSettings | null = null) {
  const settings = settingsOf('office@x.example', { oauth });
  const incoming = { ...settings.incoming, protocol, signIn: 'oauth2', graph: { mailbox } } as const;
  render(
    <MantineProvider>
      <TextProvider language="en">
        <BesideLettersFields settings={{ ...settings, incoming }} onChange={() => {}} />
      </TextProvider>
    </MantineProvider>,
  );
}

test('calendar and contacts are offered where the server has them', () => {
  show('imap');
  expect(screen.queryByRole('switch')).toBeNull();
  show('ews');
  expect(screen.getByRole('switch', { name: /^Load the contacts/ })).not.toHaveAccessibleDescription(/permission/);
});

test.each([
  ['that is named', 'office@x.example', null],
  ['that a person signs in for', '', byAnna],
] as const)(
  'over Graph with the permission that the application needs, of another’s mailbox %s too',
  (_, mailbox, oauth) => {
    show('graph', mailbox, oauth);
    const calendar = screen.getByRole('switch', { name: /^Load the calendar/ });
    expect(calendar).toHaveAccessibleDescription(/permission Calendars\.ReadWrite\.Shared/);
    const contacts = screen.getByRole('switch', { name: /^Load the contacts/ });
    expect(contacts).toHaveAccessibleDescription(/permission Contacts\.Read\.Shared/);
  },
);
