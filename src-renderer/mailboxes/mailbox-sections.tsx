import { SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { type ReceivingSettings, receives } from '../../src-shared/domain/mailbox-directions.ts';
import { wantsSentCopy } from '../../src-shared/domain/sent-copy.ts';
import { useText } from '../i18n/i18n.tsx';
import { Card } from '../ui/card.tsx';
import type { AfterwardsProblems } from './afterwards.ts';
import { AfterwardsFields } from './afterwards-fields.tsx';
import { AnotherPlace } from './another-place.tsx';
import { AnsweredByField } from './answered-by-field.tsx';
import { BesideLettersFields } from './beside-letters-fields.tsx';
import { ConnectionSection } from './connection-section.tsx';
import type { ChoosableFolder } from './folder-choice.ts';
import { GivenDatesFields } from './given-dates-fields.tsx';
import { LoadingFields } from './loading-fields.tsx';
import type { FormProblems } from './mailbox-form-problems.ts';
import { SenderFields } from './sender-fields.tsx';
import { SentCopyField } from './sent-copy-field.tsx';
import type { TypedMailbox } from './use-typed-mailbox.ts';

export interface MailboxSectionsProps {
  readonly mailbox: Mailbox;
  readonly typed: TypedMailbox;
  readonly onChange: (next: TypedMailbox) => void;
  /** The server's, as they were read last. */
  readonly folders: readonly ChoosableFolder[];
  readonly problems: FormProblems & AfterwardsProblems;
}

export function MailboxSections({ mailbox, typed, onChange, folders, problems }: MailboxSectionsProps) {
  const t = useText();
  const { settings } = typed;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  return (
    <>
      <Card title={t('mailboxPage.general')}>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <TextInput
            label={t('mailboxPage.name')}
            value={settings.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            error={problems.name && t(problems.name)}
            maxLength={120}
          />
          <Textarea
            label={t('mailboxPage.description')}
            value={settings.description}
            onChange={({ currentTarget }) => set({ description: currentTarget.value })}
            autosize
            maxLength={2000}
          />
        </SimpleGrid>
      </Card>
      <ConnectionSection
        mailbox={mailbox}
        typed={typed}
        onChange={onChange}
        problems={problems}
        note={<AnotherPlace mailbox={mailbox} typed={typed.settings} />}
      />
      <GivenDatesFields settings={settings} onChange={(dates) => set({ dates })} />
      <Card title={t('sender.title')}>
        {settings.outgoing === null && (
          <AnsweredByField
            mailbox={mailbox}
            value={settings.answeredBy ?? null}
            onChange={(answeredBy) => set({ answeredBy })}
          />
        )}
        {(settings.outgoing !== null || settings.answeredBy) && (
          <SenderFields
            value={settings.sender}
            onChange={(sender) => set({ sender })}
            problems={problems}
            byOther={settings.outgoing === null}
          />
        )}
        {wantsSentCopy({ ...settings, sentCopy: undefined }) && (
          <SentCopyField value={settings.sentCopy ?? 'automatic'} onChange={(sentCopy) => set({ sentCopy })} />
        )}
      </Card>
      {receives(settings) && <ReceivingSections settings={settings} set={set} folders={folders} problems={problems} />}
    </>
  );
}

interface ReceivingSectionsProps extends Pick<MailboxSectionsProps, 'folders' | 'problems'> {
  readonly settings: ReceivingSettings;
  readonly set: (part: Partial<MailboxSettings>) => void;
}

/** What only matters of a mailbox that letters are loaded from. */
function ReceivingSections({ settings, set, folders, problems }: ReceivingSectionsProps) {
  const t = useText();
  return (
    <>
      <Card title={t('mailboxPage.loading')}>
        <Stack gap="lg" maw={640}>
          <LoadingFields
            protocol={settings.incoming.protocol}
            value={settings.loading}
            onChange={(loading) => set({ loading })}
          />
          <Switch
            label={t('loading.collects')}
            description={t('loading.collectsHint')}
            checked={settings.collectsTickets}
            onChange={({ currentTarget }) => set({ collectsTickets: currentTarget.checked })}
          />
          <BesideLettersFields settings={settings} onChange={set} />
        </Stack>
      </Card>
      <Card title={t('mailboxPage.afterwards')}>
        <Stack gap="md" maw={640}>
          <AfterwardsFields
            value={settings.afterwards}
            onChange={(afterwards) => set({ afterwards })}
            protocol={settings.incoming.protocol}
            folders={folders}
            problems={problems}
          />
        </Stack>
      </Card>
    </>
  );
}
