import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CheckStep } from '../../src-shared/domain/connection-check.ts';
import { useText } from '../i18n/i18n.tsx';
import { AllowOldEncryption } from './allow-old-encryption.tsx';

export interface OldEncryptionOfferProps {
  readonly steps: readonly CheckStep[];
  readonly onAllowed: () => void;
}

/** Where a check ended because the server knows only what was withdrawn; nothing otherwise. */
export function OldEncryptionOffer({ steps, onAllowed }: OldEncryptionOfferProps) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const host = steps.find(({ problem }) => problem?.code === 'tls.too-old')?.problem?.params.host;
  if (typeof host !== 'string') return null;
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('oldEncryption.offer', { host })}
      </Button>
      <AllowOldEncryption
        opened={asking}
        host={host}
        onClose={() => setAsking(false)}
        onAllowed={() => {
          setAsking(false);
          onAllowed();
        }}
      />
    </div>
  );
}
