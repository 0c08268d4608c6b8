import { Button, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useText } from '../i18n/i18n.tsx';

interface PassphraseFormProps {
  /** A new one is typed twice: nobody could recover a slip of the finger. */
  readonly fresh: boolean;
  readonly pending: boolean;
  readonly onSubmit: (passphrase: string) => void;
}

const shortest = 10;

export function PassphraseForm({ fresh, pending, onSubmit }: PassphraseFormProps) {
  const t = useText();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const short = fresh && passphrase.length < shortest;
  const differs = fresh && again !== passphrase;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (passphrase !== '' && !short && !differs) onSubmit(passphrase);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label={t('startup.passphrase')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          error={tried && short ? t('startup.passphrase.short') : null}
          autoComplete="off"
          data-autofocus
          autoFocus
        />
        {fresh && (
          <PasswordInput
            label={t('startup.passphrase.again')}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            error={tried && differs ? t('startup.passphrase.differs') : null}
            autoComplete="off"
          />
        )}
        <Button type="submit" loading={pending} style={{ alignSelf: 'start' }}>
          {t('startup.passphrase.open')}
        </Button>
      </Stack>
    </form>
  );
}
