import { Button, Group, NumberInput, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import {
  type Encryption,
  type Endpoint,
  type IncomingEndpoint,
  isOverHttp,
  type OutgoingEndpoint,
} from '../../src-shared/domain/mailbox.ts';
import { takenApart } from '../../src-shared/domain/server-place.ts';
import { isUsualPort, usualPort } from '../../src-shared/domain/usual-ports.ts';
import { useText } from '../i18n/i18n.tsx';
import classes from './endpoint-fields.module.css';
import { ExchangeFields } from './exchange-fields.tsx';
import { GraphFields } from './graph-fields.tsx';
import { OutgoingProtocolField, ProtocolField } from './protocol-field.tsx';
import { withOutgoingProtocol, withProtocol } from './with-protocol.ts';

interface FieldsOf<E extends Endpoint> {
  readonly value: E;
  readonly onChange: (value: E) => void;
  readonly hostError?: string | null;
}

/** Another encryption brings its usual port, unless the port was an unusual one on purpose. */
export function withEncryption<E extends Endpoint>(value: E, encryption: Encryption): E {
  const protocol = protocolOf(value)?.protocol ?? 'smtp';
  const port = isUsualPort(value.port, protocol) ? usualPort(protocol, encryption) : value.port;
  return { ...value, encryption, port };
}

/** With prefix and port, that were typed or pasted into the server's field, in fields of their own. */
export function apart<E extends Endpoint>(value: E): E {
  if ('protocol' in value && isOverHttp(value.protocol as string | undefined)) return value;
  return takenApart(value, protocolOf(value)?.protocol ?? 'smtp');
}

function protocolOf(value: Endpoint): IncomingEndpoint | null {
  return 'protocol' in value && value.protocol !== 'smtp' ? (value as IncomingEndpoint) : null;
}

/** Protocol, host, port, encryption and login of the server that letters are received from. */
export function IncomingFields({ value, onChange, hostError = null }: FieldsOf<IncomingEndpoint>) {
  const t = useText();
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>{t('endpoint.incoming')}</legend>
      <Stack gap="md">
        <ProtocolField value={value} onChange={onChange} />
        <FieldsOfProtocol value={value} onChange={onChange} hostError={hostError} />
      </Stack>
    </fieldset>
  );
}

function FieldsOfProtocol({ value, onChange, hostError = null }: FieldsOf<IncomingEndpoint>) {
  const fields = { value, onChange, hostError };
  if (value.protocol === 'graph') return <GraphFields {...fields} />;
  if (value.protocol !== 'ews') return <ServerFields {...fields} />;
  return <ExchangeFields {...fields} onGraph={() => onChange(withProtocol(value, 'graph'))} />;
}

interface OutgoingFieldsProps extends FieldsOf<OutgoingEndpoint> {
  /** How it signs in where it does. */
  readonly way?: 'password' | 'oauth2';
  /** Nothing is received: Exchange and Graph have their fields here. */
  readonly alone?: boolean;
}

/** Host, port, encryption and login of the server that takes letters. */
export function OutgoingFields({ alone = false, way = 'password', ...fields }: OutgoingFieldsProps) {
  const t = useText();
  const { value, onChange, hostError = null } = fields;
  if (!alone && value.protocol === 'ews') return <Text fz={13}>{t('endpoint.exchange.sends')}</Text>;
  if (!alone && value.protocol === 'graph') return <Text fz={13}>{t('endpoint.graph.sends')}</Text>;
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>{t(alone ? 'endpoint.outgoing.alone' : 'endpoint.outgoing')}</legend>
      <Stack gap="md">
        {alone && <OutgoingProtocolField value={value} onChange={onChange} />}
        {value.protocol === 'graph' && <GraphFields value={value} onChange={onChange} hostError={hostError} />}
        {value.protocol === 'ews' && (
          <ExchangeFields
            value={value}
            onChange={onChange}
            hostError={hostError}
            onGraph={() => onChange(withOutgoingProtocol(value, 'graph'))}
          />
        )}
        {!isOverHttp(value.protocol) && (
          <ServerFields value={value} onChange={onChange} hostError={hostError} asksSignIn={way} />
        )}
      </Stack>
    </fieldset>
  );
}

interface ServerFieldsProps<E extends Endpoint> extends FieldsOf<E> {
  /** Some relays take letters without. */
  readonly asksSignIn?: 'password' | 'oauth2';
}

function ServerFields<E extends Endpoint>({ value, onChange, hostError, asksSignIn }: ServerFieldsProps<E>) {
  const t = useText();
  const signsIn = value.signIn !== 'none';
  return (
    <>
      <div className={classes.address}>
        <TextInput
          label={t('endpoint.host')}
          value={value.host}
          onChange={({ currentTarget }) => onChange({ ...value, host: currentTarget.value.trim() })}
          onBlur={() => apart(value) !== value && onChange(apart(value))}
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
          onChange={(encryption) => onChange(withEncryption(value, encryption as Encryption))}
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
      {asksSignIn && (
        <Switch
          label={t('endpoint.signIn')}
          checked={signsIn}
          onChange={({ currentTarget }) => onChange({ ...value, signIn: currentTarget.checked ? asksSignIn : 'none' })}
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
    </>
  );
}
