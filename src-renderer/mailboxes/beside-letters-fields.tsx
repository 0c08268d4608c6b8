import { Switch } from '@mantine/core';
import { hasCalendar, hasContacts, type MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import { openedMailbox } from '../../src-shared/domain/opened-mailbox.ts';
import { useText } from '../i18n/i18n.tsx';

export interface BesideLettersFieldsProps {
  readonly settings: ReceivingSettings;
  readonly onChange: (change: Pick<MailboxSettings, 'calendar' | 'contacts'>) => void;
}

/** What else of a mailbox is loaded, where its server has it. */
export function BesideLettersFields({ settings, onChange }: BesideLettersFieldsProps) {
  const t = useText();
  const { protocol } = settings.incoming;
  const shared = openedMailbox(settings.incoming, settings) !== '';
  const permission = (name: string) => t('loading.besideGraph', { permission: shared ? `${name}.Shared` : name });
  // Whoever signs in as an application has the permissions from an administrator.
  const asked = protocol === 'graph' && settings.oauth?.flow !== 'application';
  return (
    <>
      {hasCalendar(protocol) && (
        <Switch
          label={t('loading.calendar')}
          description={`${t('loading.calendarHint')}${asked ? ` ${permission('Calendars.ReadWrite')}` : ''}`}
          checked={settings.calendar === true}
          onChange={({ currentTarget }) => onChange({ calendar: currentTarget.checked })}
        />
      )}
      {hasContacts(protocol) && (
        <Switch
          label={t('loading.contacts')}
          description={`${t('loading.contactsHint')}${asked ? ` ${permission('Contacts.Read')}` : ''}`}
          checked={settings.contacts === true}
          onChange={({ currentTarget }) => onChange({ contacts: currentTarget.checked })}
        />
      )}
    </>
  );
}
