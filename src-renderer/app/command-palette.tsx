import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import {
  IconBook2,
  IconMail,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconTicket,
  type TablerIcon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import classes from './command-palette.module.css';
import { places } from './places.ts';
import { useFollowedPlaces } from './use-followed-places.ts';

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: TablerIcon;
  readonly run: () => void;
}

const everyLetter = { mailboxId: null, folderId: null, unreadOnly: false };
const foundPerGroup = 6;

/** Ctrl or ⌘ with K: screens, commands, tickets by number or words, letters by words. */
export function CommandPalette() {
  const t = useText();
  const [query, setQuery] = useState('');
  const words = query.trim();
  const matches = (label: string) => label.toLowerCase().includes(words.toLowerCase());
  const goTo = usePlaceEntries().filter((entry) => matches(entry.label));
  const commands = useCommandEntries(words).filter((entry) => entry.id.startsWith('search-') || matches(entry.label));
  const { tickets, letters } = useFound(words);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      scrollable
      maxHeight={440}
      radius="lg"
      size={620}
      centered={false}
      yOffset="12vh"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      attributes={{ content: { 'aria-label': t('bar.search') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {/* What needs no reading comes first, so that the selected line does not change under Enter. */}
        <Group label={t('palette.places')} entries={goTo} />
        <Group label={t('palette.actions')} entries={commands} />
        <Group label={t('palette.tickets')} entries={tickets} />
        <Group label={t('palette.letters')} entries={letters} />
        {goTo.length + commands.length + tickets.length + letters.length === 0 && (
          <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Group({ label, entries }: { readonly label: string; readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label} classNames={{ actionsGroup: classes.group }}>
      {entries.map(({ id, label: name, description, icon: Icon, run }) => (
        <Spotlight.Action key={id} onClick={run} className={classes.action}>
          <Icon size={18} stroke={1.6} className={classes.icon} aria-hidden />
          <span className={classes.words}>
            <span className={classes.name}>{name}</span>
            {description && <span className={classes.description}>{description}</span>}
          </span>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  );
}

function usePlaceEntries(): Entry[] {
  const t = useText();
  const navigate = useNavigate();
  return [...places, ...useFollowedPlaces()].map(({ path, name, icon }) => ({
    id: path,
    label: t(name),
    icon,
    run: () => void navigate({ to: path }),
  }));
}

function useCommandEntries(words: string): Entry[] {
  const t = useText();
  const navigate = useNavigate();
  const load = useAction('loading.run');
  return [
    ...(words
      ? [
          {
            id: 'search-mail',
            label: t('palette.searchMail', { query: words }),
            icon: IconSearch,
            run: () => void navigate({ to: '/mail', search: { q: words } }),
          },
          {
            id: 'search-ledger',
            label: t('palette.searchLedger', { query: words }),
            icon: IconBook2,
            run: () => void navigate({ to: '/ledger', search: { q: words } }),
          },
        ]
      : []),
    {
      id: 'load',
      label: t('palette.loadNow'),
      icon: IconRefresh,
      run: () => load.run({ mailboxIds: null }),
    },
    {
      id: 'add',
      label: t('palette.addMailbox'),
      icon: IconPlus,
      run: () => void navigate({ to: '/mailboxes/add', search: {} }),
    },
  ];
}

/** Tickets and letters that the typed words find; asked for when the typing pauses. */
function useFound(words: string): { readonly tickets: readonly Entry[]; readonly letters: readonly Entry[] } {
  const t = useText();
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(words, 150);
  const enabled = asked.length > 1 || /^#?\d+$/.test(asked);
  const tickets = useQuery(
    'tickets.list',
    {
      filter: { states: [], templateId: null, mailboxId: null, mine: false, query: asked.replace(/^#/, '') },
      offset: 0,
      limit: foundPerGroup,
    },
    { enabled, keepPrevious: true },
  );
  const letters = useQuery(
    'mail.search',
    { query: asked, scope: everyLetter, before: null, limit: foundPerGroup },
    { enabled, keepPrevious: true },
  );
  if (!words) return { tickets: [], letters: [] };
  return {
    tickets: (tickets.data?.tickets ?? []).map((ticket) => ({
      id: `ticket-${ticket.id}`,
      label: `#${ticket.id} ${ticket.subject || t('palette.noSubject')}`,
      description: ticket.requester.name || ticket.requester.address,
      icon: IconTicket,
      run: () => void navigate({ to: '/tickets/$ticketId', params: { ticketId: String(ticket.id) } }),
    })),
    letters: (letters.data ?? []).map((letter) => ({
      id: `letter-${letter.id}`,
      label: letter.subject || t('palette.noSubject'),
      description: letter.from?.name || letter.from?.address || '',
      icon: IconMail,
      run: () => void navigate({ to: '/mail', search: { letter: letter.id } }),
    })),
  };
}
