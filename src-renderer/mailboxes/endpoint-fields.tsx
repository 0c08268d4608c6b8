import { Button, Group, NumberInput, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Encryption, Endpoint } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import classes from './endpoint-fields.module.css';

export interface EndpointFieldsProps {
  readonly direction: 'incoming' | 'outgoing';
  readonly value: Endpoint;
  readonly onChange: (value: Endpoint) => void;
  readonly hostError?: string | null;
}

const usualPorts = {
  incoming: { tls: 993, starttls: 143, none: 143 },
  outgoing: { tls: 465, starttls: 587, none: 25 },
} as const;

/** Another encryption brings its usual port, unless the port was an unusual one on purpose. */
export function withEncryption(value: Endpoint, encryption: Encryption, direction: 'incoming' | 'outgoing'): Endpoint {
  const usual = Object.values(usualPorts[direction]) as number[];
  const port = usual.includes(value.port) ? usualPorts[direction][encryption] : value.port;
  return { ...value, encryption, port };
}

/** Host, port, encryption and login of one direction. */
export function EndpointFields({ direction, value, onChange, hostError }: EndpointFieldsProps) {
  const t = useText();
  const signsIn = value.signIn === 'password';
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>{t(`endpoint.${direction}`)}</legend>
      <Stack gap="md">
        <div className={classes.address}>
          <TextInput
            label={t('endpoint.host')}
            value={value.host}
            onChange={({ currentTarget }) => onChange({ ...value, host: currentTarget.value.trim() })}
            error={hostError ?? null}
            spellCheck={false}
          />
          <NumberInput
            label={t('endpoint.port')}
            value={value.port}
            onChange={(port) => typeof port === 'number' && onChange({ ...value, port })}
            min={1}
            max={65535}
            allowDecimal={false}
            hideControls
          />
        </div>
        <div>
          <Text component="span" fz={13} fw={500}>
            {t('endpoint.encryption')}
          </Text>
          <SegmentedControl
            mt={4}
            fullWidth
            size="xs"
            aria-label={t('endpoint.encryption')}
            value={value.encryption}
            onChange={(encryption) => onChange(withEncryption(value, encryption as Encryption, direction))}
            data={(['tls', 'starttls', 'none'] as const).map((one) => ({
              value: one,
              label: t(`endpoint.encryption.${one}`),
            }))}
          />
          {value.encryption === 'none' && (
            <Text fz={12} mt={4} c="var(--mr-late)" role="note">
              {t('endpoint.noneWarning')}
            </Text>
          )}
        </div>
        {direction === 'outgoing' && (
          <Switch
            label={t('endpoint.signIn')}
            checked={signsIn}
            onChange={({ currentTarget }) =>
              onChange({ ...value, signIn: currentTarget.checked ? 'password' : 'none' })
            }
          />
        )}
        {signsIn && (
          <TextInput
            label={t('endpoint.login')}
            value={value.login}
            onChange={({ currentTarget }) => onChange({ ...value, login: currentTarget.value })}
            spellCheck={false}
            autoComplete="off"
          />
        )}
        {value.pinnedCertificate && (
          <Group gap="sm" justify="space-between">
            <Text fz={12} c="dimmed">
              {t('endpoint.pinned', { fingerprint: `${value.pinnedCertificate.slice(0, 16)}…` })}
            </Text>
            <Button size="xs" variant="subtle" onClick={() => onChange({ ...value, pinnedCertificate: null })}>
              {t('endpoint.unpin')}
            </Button>
          </Group>
        )}
      </Stack>
    </fieldset>
  );
}
