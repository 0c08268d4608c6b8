import { SegmentedControl, Text } from '@mantine/core';
import {
  type IncomingEndpoint,
  type IncomingProtocol,
  incomingProtocolSchema,
  type OutgoingEndpoint,
  type OutgoingProtocol,
  outgoingProtocolSchema,
} from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { withOutgoingProtocol, withProtocol } from './with-protocol.ts';

export interface ProtocolFieldProps {
  readonly value: IncomingEndpoint;
  readonly onChange: (value: IncomingEndpoint) => void;
}

/** How letters are received: IMAP wherever it is offered. */
export function ProtocolField({ value, onChange }: ProtocolFieldProps) {
  const t = useText();
  return (
    <div>
      <Choice
        options={incomingProtocolSchema.options}
        value={value.protocol}
        onChange={(protocol) => onChange(withProtocol(value, protocol))}
      />
      {value.protocol === 'pop3' && (
        <Text fz={12} mt={4} c="dimmed" role="note">
          {t('endpoint.protocol.pop3Note')}
        </Text>
      )}
    </div>
  );
}

export interface OutgoingProtocolFieldProps {
  readonly value: OutgoingEndpoint;
  readonly onChange: (value: OutgoingEndpoint) => void;
}

/** How letters are sent where none are received. */
export function OutgoingProtocolField({ value, onChange }: OutgoingProtocolFieldProps) {
  return (
    <div>
      <Choice
        options={outgoingProtocolSchema.options}
        value={value.protocol ?? 'smtp'}
        onChange={(protocol) => onChange(withOutgoingProtocol(value, protocol))}
      />
    </div>
  );
}

interface ChoiceProps<P extends IncomingProtocol | OutgoingProtocol> {
  readonly options: readonly P[];
  readonly value: P;
  readonly onChange: (value: P) => void;
}

function Choice<P extends IncomingProtocol | OutgoingProtocol>({ options, value, onChange }: ChoiceProps<P>) {
  const t = useText();
  return (
    <>
      <Text component="span" fz={13} fw={500}>
        {t('endpoint.protocol')}
      </Text>
      <SegmentedControl
        mt={4}
        fullWidth
        size="xs"
        aria-label={t('endpoint.protocol')}
        value={value}
        onChange={(protocol) => onChange(protocol as P)}
        data={options.map((one) => ({ value: one, label: t(`endpoint.protocol.${one}`) }))}
      />
    </>
  );
}
