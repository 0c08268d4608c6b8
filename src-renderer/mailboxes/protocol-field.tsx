import { SegmentedControl, Text } from '@mantine/core';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import {
  type IncomingEndpoint,
  type IncomingProtocol,
  incomingProtocolSchema,
  type OutgoingEndpoint,
} from '../../src-shared/domain/mailbox.ts';
import { isUsualPort, usualPort } from '../../src-shared/domain/usual-ports.ts';
import { useText } from '../i18n/i18n.tsx';

export interface ProtocolFieldProps {
  readonly value: IncomingEndpoint;
  readonly onChange: (value: IncomingEndpoint) => void;
}

/** Another protocol brings its usual port, unless the port was an unusual one on purpose. */
export function withProtocol(value: IncomingEndpoint, protocol: IncomingProtocol): IncomingEndpoint {
  const port = isUsualPort(value.port, value.protocol) ? usualPort(protocol, value.encryption) : value.port;
  if (protocol !== 'ews') return { ...value, protocol, port, exchange: undefined };
  const encryption = value.encryption === 'none' ? 'none' : 'tls';
  return { ...value, protocol, port, encryption, exchange: value.exchange ?? newExchange };
}

/** Exchange sends what it receives for; of another protocol's server nothing is known that it could be done by. */
export function outgoingBeside(incoming: IncomingEndpoint, outgoing: OutgoingEndpoint | null): OutgoingEndpoint | null {
  if (incoming.protocol === 'ews') return outgoing && { ...incoming, protocol: 'ews' };
  return outgoing?.protocol === 'ews' ? null : outgoing;
}

/** How letters are received: IMAP wherever it is offered. */
export function ProtocolField({ value, onChange }: ProtocolFieldProps) {
  const t = useText();
  return (
    <div>
      <Text component="span" fz={13} fw={500}>
        {t('endpoint.protocol')}
      </Text>
      <SegmentedControl
        mt={4}
        fullWidth
        size="xs"
        aria-label={t('endpoint.protocol')}
        value={value.protocol}
        onChange={(protocol) => onChange(withProtocol(value, protocol as IncomingProtocol))}
        data={incomingProtocolSchema.options.map((one) => ({ value: one, label: t(`endpoint.protocol.${one}`) }))}
      />
      {value.protocol === 'pop3' && (
        <Text fz={12} mt={4} c="dimmed" role="note">
          {t('endpoint.protocol.pop3Note')}
        </Text>
      )}
    </div>
  );
}
