import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { LogFilter } from '../../src-shared/domain/connection-log.ts';
import { type LogLevel, logLevelSchema, type Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { LogTable } from './log-table.tsx';

const periods = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, all: null } as const;
type Period = keyof typeof periods;
const periodNames = ['hour', 'day', 'week', 'all'] as const satisfies readonly Period[];

/** Lines at first, with each click, and at most: more is for the file. */
const firstLines = 50;
const moreLines = 200;
const mostLines = 1000;

/** R61, R73: what happened between the console and this mailbox's servers, live; how much is written is chosen here. */
export function LogCard({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const [filter, setFilter] = useState<LogFilter>({
    ...{ mailboxId: mailbox.id, severity: 'all', words: '', since: null, until: null },
  });
  const [limit, setLimit] = useState(firstLines);
  const page = useQuery('logs.read', { filter, limit }, { keepPrevious: true });
  const filtered = filter.words !== '' || filter.severity !== 'all' || filter.since !== null;
  const change = (part: Partial<LogFilter>) => {
    setFilter({ ...filter, ...part });
    setLimit(firstLines);
  };
  return (
    <Card title={t('log.title')} aside={<SaveLog filter={filter} />}>
      <Stack gap="md">
        <LevelField mailbox={mailbox} />
        <FilterFields filter={filter} onChange={change} />
        {page.error && (
          <ErrorNotice error={page.error} action={{ label: t('action.retry'), run: () => void page.refetch() }} />
        )}
        {page.isPending && <RowSkeletons rows={6} height={30} />}
        {page.data && page.data.entries.length > 0 && <LogTable entries={page.data.entries} />}
        {page.data?.entries.length === 0 && (
          <Text fz={13} c="dimmed">
            {t(filtered ? 'log.noneFound' : mailbox.settings.log === 'off' ? 'log.emptyOff' : 'log.empty')}
          </Text>
        )}
        {page.data?.more && limit < mostLines && (
          <Button
            variant="default"
            size="xs"
            loading={page.isPlaceholderData}
            onClick={() => setLimit(Math.min(mostLines, limit + moreLines))}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('log.older')}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function LevelField({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const update = useAction('mailboxes.update');
  const chosen = update.pending ? (update.input?.draft.settings.log ?? mailbox.settings.log) : mailbox.settings.log;
  const choose = (log: LogLevel) => {
    const settings = { ...mailbox.settings, log };
    update.run({ draft: { settings, password: null, outgoingPassword: null, mailboxId: mailbox.id } });
  };
  return (
    <Stack gap={4} align="flex-start">
      <Text component="span" fz={13} fw={500}>
        {t('log.level')}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('log.level')}
        value={chosen}
        onChange={(level) => choose(logLevelSchema.parse(level))}
        data={logLevelSchema.options.map((level) => ({ value: level, label: t(`log.level.${level}`) }))}
      />
      <Text fz={12} c="dimmed">
        {t(`log.level.${chosen}.hint`)}
      </Text>
      {update.error && <ErrorNotice error={update.error} />}
    </Stack>
  );
}

interface FilterFieldsProps {
  readonly filter: LogFilter;
  readonly onChange: (part: Partial<LogFilter>) => void;
}

function FilterFields({ filter, onChange }: FilterFieldsProps) {
  const t = useText();
  const [period, setPeriod] = useState<Period>('all');
  // The moment is fixed when the period is chosen: with each line it would be another question.
  const choosePeriod = (next: Period) => {
    setPeriod(next);
    const length = periods[next];
    onChange({ since: length === null ? null : Date.now() - length });
  };
  return (
    <Group gap="sm">
      <TextInput
        size="xs"
        w={240}
        placeholder={t('log.words')}
        aria-label={t('log.words')}
        leftSection={<IconSearch size={14} />}
        value={filter.words}
        maxLength={200}
        onChange={({ currentTarget }) => onChange({ words: currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('log.severity')}
        value={filter.severity}
        onChange={(severity) => onChange({ severity: severity === 'problems' ? 'problems' : 'all' })}
        data={(['all', 'problems'] as const).map((one) => ({ value: one, label: t(`log.severity.${one}`) }))}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('log.period')}
        value={period}
        allowDeselect={false}
        onChange={(next) => choosePeriod(periodNames.find((one) => one === next) ?? 'all')}
        data={periodNames.map((one) => ({ value: one, label: t(`log.period.${one}`) }))}
      />
    </Group>
  );
}

function SaveLog({ filter }: { readonly filter: LogFilter }) {
  const t = useText();
  const save = useAction('logs.save');
  return (
    <Stack gap={2} align="flex-end">
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconDownload size={14} />}
        title={t('log.saveHint')}
        loading={save.pending}
        onClick={() => save.run({ filter })}
      >
        {t('log.save')}
      </Button>
      {save.value && (
        <Text fz={12} role="status" style={{ overflowWrap: 'anywhere' }}>
          {t('log.saved', { count: save.value.entries, path: save.value.path })}
        </Text>
      )}
      {save.error && <ErrorNotice error={save.error} />}
    </Stack>
  );
}
