import { Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ConnectionCheck, CheckStep as StepResult } from '../../../src-shared/domain/connection-check.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { CertificateCard } from '../../mailbox/certificate-card.tsx';
import { hostOf, lacksAuthority } from '../../mailbox/check-dialog.tsx';
import { CheckSteps, plannedSteps } from '../../mailbox/check-steps.tsx';
import { useConnectionCheck } from '../../mailbox/use-connection-check.ts';
import { OldEncryptionOffer } from '../../trust/old-encryption-offer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { stepAfter, type Wizard, withCertificate, withServerFolders, withSignIn } from './wizard.ts';
import { draftOf, settingsOf } from './wizard-draft.ts';

/** Runs by itself. A success of a known provider goes on by itself too; otherwise its steps are there to be read. */
export function CheckStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  // Answers may come faster than the page is drawn again, and each builds upon the one before.
  const latest = useRef(wizard);
  latest.current = wizard;
  const decide = (next: Wizard) => {
    latest.current = next;
    onChange(next);
  };
  const list = useAction('mailboxes.listServerFolders', {
    cancelOnLeave: true,
    onSuccess: (folders) => {
      const ready = withServerFolders(latest.current, folders);
      decide(ready.express ? { ...ready, step: stepAfter(ready) } : ready);
    },
  });
  const check = useConnectionCheck((result) => {
    const checked = { ...latest.current, check: result };
    decide(checked);
    if (result.ok && wizard.use !== 'sends') list.run({ draft: draftOf(checked) });
    else if (result.ok && checked.express) decide({ ...checked, step: stepAfter(checked) });
  });
  const start = (from: Wizard) => check.run(draftOf(from));
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the step opens; later runs are asked for by a click.
  useEffect(() => {
    if (begun.current || (wizard.check?.ok && (wizard.serverFolders || wizard.use === 'sends'))) return;
    begun.current = true;
    start(wizard);
  }, []);

  const again = (next: Wizard) => {
    decide(next);
    list.reset();
    start(next);
  };
  const running = check.pending || list.pending;
  const result = check.pending ? null : wizard.check;
  const failedCall = check.error ?? list.error;
  const ready = !running && result?.ok === true && (wizard.serverFolders !== null || wizard.use === 'sends');
  return (
    <StepFrame
      title={titleOf(t, running, result)}
      lead={running ? t('wizard.check.lead') : undefined}
      onBack={onBack}
      onNext={ready ? () => onChange({ ...wizard, step: stepAfter(wizard) }) : null}
      pending={running}
    >
      <CheckSteps planned={plannedSteps(settingsOf(wizard))} check={result} live={check.steps} />
      {list.pending && (
        <Text fz={13} c="dimmed" role="status">
          {t('wizard.check.folders')}
        </Text>
      )}
      {failedCall && (
        <ErrorNotice error={failedCall} action={{ label: t('wizard.check.again'), run: () => again(wizard) }} />
      )}
      {!running && result && !result.ok && <Failure wizard={wizard} check={result} onBack={onBack} onAgain={again} />}
    </StepFrame>
  );
}

function titleOf(t: ReturnType<typeof useText>, running: boolean, check: ConnectionCheck | null): string {
  if (running || !check) return t('wizard.check.title');
  return t(check.ok ? 'wizard.check.good' : 'wizard.check.bad');
}

interface FailureProps {
  readonly wizard: Wizard;
  readonly check: ConnectionCheck;
  readonly onBack: () => void;
  readonly onAgain: (next: Wizard) => void;
}

/** Why, what to do, and the one button that does it; for a foreign certificate, the certificate. */
function Failure({ wizard, check, onBack, onAgain }: FailureProps) {
  const t = useText();
  const failed = check.steps.find(({ problem }) => problem !== null);
  // One problem at a time: the certificate of the other direction waits until this one is mended.
  const direction = failed?.name.startsWith('smtp-') ? 'outgoing' : 'incoming';
  const certificate = check.certificate?.endpoint === direction ? check.certificate : null;
  const action =
    failed && !certificate ? actionFor(t, { wizard, failed, correct: onBack, again: () => onAgain(wizard) }) : null;
  return (
    <>
      {failed?.problem && !failed.finding && (
        <ErrorNotice
          error={failed.problem}
          details={`${failed.name} ${failed.seen}`.trim()}
          {...(action ? { action } : {})}
        />
      )}
      {failed?.finding && action && (
        <div>
          <Button variant="default" onClick={action.run}>
            {action.label}
          </Button>
        </div>
      )}
      {certificate && (
        <CertificateCard
          certificate={certificate}
          host={hostOf(settingsOf(wizard), certificate)}
          lacksAuthority={lacksAuthority(check)}
          onAccept={() => onAgain(withCertificate(wizard, certificate))}
          onTrusted={() => onAgain(wizard)}
        />
      )}
      <OldEncryptionOffer steps={check.steps} onAllowed={() => onAgain(wizard)} />
      {failed?.name.startsWith('smtp-') && wizard.use !== 'sends' && (
        <div>
          <Button variant="default" onClick={() => onAgain(withSignIn(wizard, { outgoing: null }))}>
            {t('wizard.check.withoutSending')}
          </Button>
          <Text fz={12} c="dimmed" mt={4}>
            {t('wizard.check.withoutSendingHint')}
          </Text>
        </div>
      )}
    </>
  );
}

interface ActionQuestion {
  readonly wizard: Wizard;
  readonly failed: StepResult;
  readonly correct: () => void;
  readonly again: () => void;
}

function actionFor(t: ReturnType<typeof useText>, { wizard, failed, correct, again }: ActionQuestion) {
  const code = failed.problem?.code ?? '';
  const { incoming, outgoing } = settingsOf(wizard);
  const byPassword = (failed.name.startsWith('smtp-') ? outgoing : incoming)?.signIn !== 'oauth2';
  if (code.startsWith('auth.') && byPassword) return { label: t('wizard.check.fixPassword'), run: correct };
  // What the provider's sign-in lacks is an administrator's matter as a rule; the step before it is one click back in any case.
  if (code === 'network.unknown-host' || code.startsWith('tls.') || code === 'server.unsupported') {
    return { label: t('wizard.check.fixServer'), run: correct };
  }
  return { label: t('wizard.check.again'), run: again };
}
