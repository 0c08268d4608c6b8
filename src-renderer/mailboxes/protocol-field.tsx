import { SegmentedControl, Text } from '@mantine/core';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import { newGraph, usualGraphHost } from '../../src-shared/domain/graph.ts';
import {
  type Endpoint,
  type IncomingEndpoint,
  type IncomingProtocol,
  incomingProtocolSchema,
  isOverHttp,
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
  if (protocol === 'graph') return toGraph(value);
  const port = isUsualPort(value.port, value.protocol) ? usualPort(protocol, value.encryption) : value.port;
  // Microsoft's mail servers stand beside its interface; of another cloud only the person knows them.
  const beside = value.host === usualGraphHost ? microsoftMailHost : '';
  const host = value.protocol === 'graph' ? beside : value.host;
  const same = { ...value, protocol, host, port, graph: undefined };
  if (protocol !== 'ews') return { ...same, exchange: undefined };
  const encryption = value.encryption === 'none' ? 'none' : 'tls';
  return { ...same, encryption, exchange: value.exchange ?? newExchange };
}

/** One service for all, with the provider's sign-in alone. */
export function toGraph<E extends Endpoint>(value: E) {
  const place = { host: usualGraphHost, port: 443, encryption: 'tls', pinnedCertificate: null } as const;
  return {
    ...value,
    ...place,
    signIn: 'oauth2' as const,
    protocol: 'graph' as const,
    exchange: undefined,
    graph: newGraph,
  };
}

/** IMAP, POP3 and Exchange Web Services of Microsoft 365. */
const microsoftMailHost = 'outlook.office365.com';
const microsoftSubmission = { host: 'smtp.office365.com', port: 587, encryption: 'starttls' } as const;

/** Exchange and Graph send what they receive for; of another protocol's server nothing is known that it could be done by, but Microsoft's. */
export function outgoingBeside(incoming: IncomingEndpoint, outgoing: OutgoingEndpoint | null): OutgoingEndpoint | null {
  if (isOverHttp(incoming.protocol)) return outgoing && { ...incoming, protocol: incoming.protocol };
  if (!isOverHttp(outgoing?.protocol)) return outgoing;
  if (incoming.host !== microsoftMailHost) return null;
  const { login, signIn } = incoming;
  return { ...microsoftSubmission, login, signIn, pinnedCertificate: null, protocol: 'smtp' };
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
