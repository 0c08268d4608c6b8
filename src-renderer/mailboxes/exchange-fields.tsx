import { Button, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type Exchange,
  type ExchangeVersion,
  exchangeOnlineEnds,
  exchangePlace,
  exchangeUrl,
  exchangeVersionSchema,
  isExchangeOnline,
  newExchange,
} from '../../src-shared/domain/exchange.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';

type ExchangeEndpoint = Endpoint & { readonly exchange?: Exchange };

export interface ExchangeFieldsProps<E extends ExchangeEndpoint> {
  readonly value: E;
  readonly onChange: (value: E) => void;
  readonly hostError?: string | null;
  /** Where it is Exchange Online: opened by Graph instead. */
  readonly onGraph?: () => void;
}

/** Address, version and sign-in of an Exchange server, in the words of its administrators. */
export function ExchangeFields<E extends ExchangeEndpoint>({
  value,
  onChange,
  hostError,
  onGraph,
}: ExchangeFieldsProps<E>) {
  const t = useText();
  const exchange = value.exchange ?? newExchange;
  const set = (part: Partial<Exchange>) => onChange({ ...value, exchange: { ...exchange, ...part } });
  return (
    <Stack gap="md">
      <UrlField value={value} onChange={onChange} hostError={hostError ?? null} />
      {isExchangeOnline(value.host) && <EndNote onGraph={onGraph} />}
      <Select
        label={t('endpoint.exchange.version')}
        value={exchange.version}
        onChange={(version) => set({ version: (version ?? 'automatic') as ExchangeVersion })}
        data={exchangeVersionSchema.options.map((one) => ({
          value: one,
          label: one === 'automatic' ? t('endpoint.exchange.version.automatic') : versionName(one),
        }))}
        allowDeselect={false}
      />
      {/* The provider's own sign-in is chosen above both servers. */}
      {value.signIn !== 'oauth2' && <Authentication value={value} exchange={exchange} onChange={onChange} />}
      {value.signIn !== 'none' && (
        <>
          <TextInput
            label={t('endpoint.login')}
            value={value.login}
            onChange={({ currentTarget }) => onChange({ ...value, login: currentTarget.value })}
            spellCheck={false}
            autoComplete="off"
          />
          <TextInput
            label={t('endpoint.exchange.domain')}
            description={t('endpoint.exchange.domainHint')}
            value={exchange.domain}
            onChange={({ currentTarget }) => set({ domain: currentTarget.value })}
            spellCheck={false}
          />
        </>
      )}
      <TextInput
        label={t('endpoint.exchange.mailbox')}
        description={t('endpoint.exchange.mailboxHint')}
        value={exchange.mailbox}
        onChange={({ currentTarget }) => set({ mailbox: currentTarget.value.trim() })}
        spellCheck={false}
      />
    </Stack>
  );
}

/** As Microsoft writes it: 2010 SP2. */
const versionName = (version: ExchangeVersion): string => version.replace('-sp', ' SP');

/** What is typed stays as it was typed; what it is taken for stands below it, and is what is saved. */
function UrlField<E extends ExchangeEndpoint>({ value, onChange, hostError }: ExchangeFieldsProps<E>) {
  const t = useText();
  const exchange = value.exchange ?? newExchange;
  const url = value.host === '' ? '' : exchangeUrl({ ...value, path: exchange.path });
  const [typed, setTyped] = useState(url);
  const wrong = typed.trim() !== '' && exchangePlace(typed) === null;
  const type = (text: string) => {
    setTyped(text);
    const { path = exchange.path, ...place } = exchangePlace(text) ?? { host: '' };
    onChange({ ...value, ...place, exchange: { ...exchange, path } });
  };
  return (
    <>
      <TextInput
        label={t('endpoint.exchange.url')}
        description={url === '' ? null : t('endpoint.exchange.urlHint', { url })}
        value={typed}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        error={wrong ? t('endpoint.exchange.urlWrong') : hostError}
        spellCheck={false}
      />
      {value.encryption === 'none' && (
        <Text fz={12} c="var(--mr-late)" role="note">
          {t('endpoint.noneWarning')}
        </Text>
      )}
    </>
  );
}

interface AuthenticationProps<E extends ExchangeEndpoint> extends ExchangeFieldsProps<E> {
  readonly exchange: Exchange;
}

function Authentication<E extends ExchangeEndpoint>({ value, exchange, onChange }: AuthenticationProps<E>) {
  const t = useText();
  const way = value.signIn === 'none' ? 'none' : exchange.windows ? 'windows' : 'basic';
  const choose = (next: string) =>
    onChange({
      ...value,
      signIn: next === 'none' ? 'none' : 'password',
      exchange: { ...exchange, windows: next === 'none' ? exchange.windows : next === 'windows' },
    });
  return (
    <div>
      <Text component="span" fz={13} fw={500}>
        {t('endpoint.exchange.authentication')}
      </Text>
      <SegmentedControl
        mt={4}
        fullWidth
        size="xs"
        aria-label={t('endpoint.exchange.authentication')}
        value={way}
        onChange={choose}
        data={(['windows', 'basic', 'none'] as const).map((one) => ({
          value: one,
          label: t(`endpoint.exchange.${one}`),
        }))}
      />
    </div>
  );
}

/** D10: both dates, wherever such a server is shown. */
function EndNote({ onGraph }: { readonly onGraph: (() => void) | undefined }) {
  const t = useText();
  const { calendarDay } = useFormats();
  return (
    <Stack gap={4} align="flex-start">
      <Text fz={12} c="var(--mr-late)" role="note">
        {t('endpoint.exchange.ends', {
          blocked: calendarDay(Date.parse(`${exchangeOnlineEnds.blocked}T12:00`)),
          gone: calendarDay(Date.parse(`${exchangeOnlineEnds.gone}T12:00`)),
        })}
      </Text>
      {onGraph && (
        <Button size="xs" variant="light" onClick={onGraph}>
          {t('endpoint.exchange.toGraph')}
        </Button>
      )}
    </Stack>
  );
}
