import { Text } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/i18n.tsx';
import { FolderTicks } from '../folder-ticks.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { foldersOf, stepAfter, type Wizard } from './wizard.ts';

export function FoldersStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  const [tried, setTried] = useState(false);
  const none = foldersOf(wizard).length === 0;
  const next = () => {
    setTried(true);
    if (!none) onChange({ ...wizard, step: stepAfter(wizard) });
  };
  return (
    <StepFrame title={t('wizard.folders.title')} onBack={onBack} onNext={next}>
      <FolderTicks
        folders={wizard.serverFolders ?? []}
        choice={{ which: wizard.loading.folders, ticked: wizard.ticked }}
        onChange={({ which, ticked }) =>
          onChange({ ...wizard, ticked, loading: { ...wizard.loading, folders: which } })
        }
      />
      {tried && none && (
        <Text fz={12} c="var(--mr-bad)" role="alert">
          {t('wizard.folders.needOne')}
        </Text>
      )}
    </StepFrame>
  );
}
