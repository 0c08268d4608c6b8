import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { TextProvider } from '../../../src-renderer/i18n/i18n.tsx';
import { BesideLettersFields } from '../../../src-renderer/mailboxes/beside-letters-fields.tsx';
import type { IncomingProtocol } from '../../../src-shared/domain/mailbox.ts';
import { settingsOf } from '../../support/canned-mailboxes.ts';

function show(protocol: IncomingProtocol) {
  const settings = settingsOf('office@x.example');
  const incoming = { ...settings.incoming, protocol, graph: { mailbox: 'office@x.example' } };
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

test('over Graph with the permission that the application needs, of another’s mailbox too', () => {
  show('graph');
  const calendar = screen.getByRole('switch', { name: /^Load the calendar/ });
  expect(calendar).toHaveAccessibleDescription(/permission Calendars\.ReadWrite\.Shared/);
  const contacts = screen.getByRole('switch', { name: /^Load the contacts/ });
  expect(contacts).toHaveAccessibleDescription(/permission Contacts\.Read\.Shared/);
});
