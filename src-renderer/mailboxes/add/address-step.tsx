import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { UseField } from '../use-field.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { type Wizard, withDetection } from './wizard.ts';

const addressSchema = z.email();

export function AddressStep({ wizard, onChange }: StepProps<Wizard>) {
  const t = useText();
  const [invalid, setInvalid] = useState(false);
  const detect = useAction('mailboxes.detect', {
    onSuccess: (detection) => onChange(withDetection(wizard, detection)),
  });
  const next = () => {
    const address = addressSchema.safeParse(wizard.address.trim());
    setInvalid(!address.success);
    if (address.success) detect.run({ address: address.data });
  };
  return (
    <StepFrame
      title={t('wizard.address.title')}
      lead={t('wizard.address.lead')}
      onBack={null}
      onNext={next}
      pending={detect.pending}
    >
      <TextInput
        label={t('wizard.address.label')}
        type="email"
        size="md"
        value={wizard.address}
        onChange={({ currentTarget }) => {
          setInvalid(false);
          onChange({ ...wizard, address: currentTarget.value });
        }}
        error={invalid ? t('wizard.address.invalid') : null}
        placeholder="support@company.com"
        autoComplete="off"
        spellCheck={false}
      />
      <UseField value={wizard.use} onChange={(use) => onChange({ ...wizard, use })} />
      {detect.error && <ErrorNotice error={detect.error} action={{ label: t('action.retry'), run: next }} />}
    </StepFrame>
  );
}
