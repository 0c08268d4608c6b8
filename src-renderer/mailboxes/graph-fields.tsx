import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Graph, newGraph, usualGraphHost } from '../../src-shared/domain/graph.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { serverPlace } from '../../src-shared/domain/server-place.ts';
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
      <HostField value={value} onChange={onChange} hostError={hostError} />
    </Stack>
  );
}

/** What is typed stays as it was typed. */
function HostField<E extends GraphEndpoint>({ value, onChange, hostError }: GraphFieldsProps<E>) {
  const t = useText();
  const [typed, setTyped] = useState(value.port === 443 ? value.host : `${value.host}:${value.port}`);
  const wrong = typed.trim() !== '' && serverPlace(typed) === null;
  const type = (text: string) => {
    setTyped(text);
    const place = serverPlace(text);
    onChange({ ...value, host: place?.host ?? '', port: place?.port ?? 443 });
  };
  return (
    <TextInput
      label={t('endpoint.graph.host')}
      description={t('endpoint.graph.hostHint')}
      placeholder={usualGraphHost}
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      error={wrong ? t('endpoint.hostWrong') : hostError}
      spellCheck={false}
    />
  );
}
