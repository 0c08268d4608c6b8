import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { samePlace } from '../../src-shared/domain/mailbox-switch.ts';
import { useText } from '../i18n/i18n.tsx';

/** Said before it is saved: at another server or under another login, letters are read again. */
export function AnotherPlace({ mailbox, typed }: { readonly mailbox: Mailbox; readonly typed: MailboxSettings }) {
  const t = useText();
  if (samePlace(mailbox.settings, typed)) return null;
  return (
    <Text fz={13} maw="72ch" c="var(--mr-late)" role="status">
      {t('mailboxPage.anotherPlace')}{' '}
      <Anchor component={Link} to={`/mailboxes/${mailbox.id}/switch`} fz={13}>
        {t('mailboxPage.anotherPlaceSwitch')}
      </Anchor>
    </Text>
  );
}
