import { useState } from 'react';
import { useText } from '../../i18n/i18n.tsx';
import { problemsOfAfterwards } from '../afterwards.ts';
import { AfterwardsFields } from '../afterwards-fields.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { foldersOf, stepAfter, type Wizard } from './wizard.ts';
import { settingsOf } from './wizard-draft.ts';

/** Nothing happens on the server unless it is chosen here, and confirmed in numbers on the next step. */
export function AfterwardsStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  const [tried, setTried] = useState(false);
  const problems = problemsOfAfterwards(settingsOf(wizard).afterwards, foldersOf(wizard));
  const next = () => {
    setTried(true);
    if (Object.keys(problems).length === 0) onChange({ ...wizard, step: stepAfter(wizard) });
  };
  return (
    <StepFrame title={t('wizard.afterwards.title')} lead={t('wizard.afterwards.lead')} onBack={onBack} onNext={next}>
      <AfterwardsFields
        value={wizard.afterwards}
        onChange={(afterwards) => onChange({ ...wizard, afterwards })}
        protocol={wizard.incoming.protocol}
        folders={wizard.serverFolders ?? []}
        problems={tried ? problems : {}}
        labelHidden
      />
    </StepFrame>
  );
}
