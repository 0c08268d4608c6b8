import { Stack, Text, TextInput } from '@mantine/core';
import { type Graph, newGraph, usualGraphHost } from '../../src-shared/domain/graph.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';

type GraphEndpoint = Endpoint & { readonly graph?: Graph };

export interface GraphFieldsProps<E extends GraphEndpoint> {
  readonly value: E;
  readonly onChange: (value: E) => void;
  readonly hostError: string | null;
}

/** Nothing but whose mailbox it is: server, port and encryption are Microsoft's, unless the cloud is another. */
export function GraphFields<E extends GraphEndpoint>({ value, onChange, hostError }: GraphFieldsProps<E>) {
  const t = useText();
  const { mailbox } = value.graph ?? newGraph;
  return (
    <Stack gap="md">
      <Text fz={12} c="dimmed" role="note">
        {t('endpoint.graph.note')}
      </Text>
      <TextInput
        label={t('endpoint.login')}
        value={value.login}
        onChange={({ currentTarget }) => onChange({ ...value, login: currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        label={t('endpoint.exchange.mailbox')}
        description={t('endpoint.exchange.mailboxHint')}
        value={mailbox}
        onChange={({ currentTarget }) => onChange({ ...value, graph: { mailbox: currentTarget.value.trim() } })}
        spellCheck={false}
      />
      <TextInput
        label={t('endpoint.graph.host')}
        description={t('endpoint.graph.hostHint')}
        placeholder={usualGraphHost}
        value={value.port === 443 ? value.host : `${value.host}:${value.port}`}
        onChange={({ currentTarget }) => onChange({ ...value, ...placeIn(currentTarget.value) })}
        error={hostError}
        spellCheck={false}
      />
    </Stack>
  );
}

function placeIn(typed: string): Pick<Endpoint, 'host' | 'port'> {
  const [host = '', port = ''] = typed.trim().split(':');
  return { host, port: /^\d{1,5}$/.test(port) ? Number(port) : 443 };
}
