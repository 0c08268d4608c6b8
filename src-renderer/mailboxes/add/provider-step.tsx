import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Provider } from '../../../src-shared/domain/provider.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useQuery } from '../../ipc/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import classes from './add-mailbox.module.css';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { domainOf, type Wizard, withProvider } from './wizard.ts';

/** Which provider serves the domain: from the list of all, or another server typed by hand. One click picks and goes on. */
export function ProviderStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  const providers = useQuery('providers.list');
  const [words, setWords] = useState('');
  const domain = domainOf(wizard.address);
  const needle = words.trim().toLowerCase();
  const shown = (providers.data ?? []).filter(
    ({ name, domains }) =>
      name.toLowerCase().includes(needle) || (needle !== '' && domains.some((one) => one.includes(needle))),
  );
  const pick = (provider: Provider | null) => onChange(withProvider(wizard, provider));
  const firstUsable = shown.find(({ imap }) => imap !== null);
  const goOn = needle && firstUsable ? () => pick(firstUsable) : () => pick(wizard.provider);
  return (
    <StepFrame
      title={t('wizard.provider.title', { domain })}
      lead={wizard.detection?.provider ? undefined : t('wizard.provider.lead')}
      onBack={onBack}
      onNext={needle && !firstUsable ? null : goOn}
      nextLabel={needle && firstUsable ? firstUsable.name : (wizard.provider?.name ?? t('wizard.provider.other'))}
    >
      <TextInput
        placeholder={t('wizard.provider.search')}
        aria-label={t('wizard.provider.search')}
        leftSection={<IconSearch size={16} />}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {providers.error && <ErrorNotice error={providers.error} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are buttons that belong together. */}
      <div className={classes.providers} role="group" aria-label={t('wizard.provider.list')}>
        {providers.isPending && <RowSkeletons rows={9} />}
        {needle === '' && (
          <UnstyledButton className={classes.provider} onClick={() => pick(null)}>
            <Text fz={13} fw={500}>
              {t('wizard.provider.other')}
            </Text>
            <span className={classes.hint}>{t('wizard.provider.otherHint')}</span>
          </UnstyledButton>
        )}
        {shown.map((provider) => (
          <ProviderRow
            key={provider.id}
            provider={provider}
            chosen={provider.id === wizard.provider?.id}
            onPick={() => pick(provider)}
          />
        ))}
        {needle !== '' && shown.length === 0 && (
          <Text fz={13} c="dimmed" p="lg">
            {t('wizard.provider.none')}
          </Text>
        )}
      </div>
      <Text fz={12} c="dimmed">
        {t('wizard.provider.remembered', { domain })}
      </Text>
    </StepFrame>
  );
}

interface ProviderRowProps {
  readonly provider: Provider;
  readonly chosen: boolean;
  readonly onPick: () => void;
}

function ProviderRow({ provider, chosen, onPick }: ProviderRowProps) {
  const t = useText();
  const usable = provider.imap !== null;
  return (
    <UnstyledButton
      className={classes.provider}
      data-chosen={chosen || undefined}
      disabled={!usable}
      onClick={onPick}
      c={usable ? undefined : 'dimmed'}
    >
      <span>{provider.name}</span>
      <span className={classes.hint}>
        {usable ? provider.domains.slice(0, 2).join(', ') : t('wizard.provider.noImap')}
      </span>
    </UnstyledButton>
  );
}
