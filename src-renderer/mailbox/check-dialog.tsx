import { Button, Group, Modal, Stack, Tooltip } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { ConnectionCheck, ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { canSend, type Mailbox, type MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { mainServerOf, receives, testAddressOf } from '../../src-shared/domain/mailbox-directions.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { OldEncryptionOffer } from '../trust/old-encryption-offer.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { CertificateCard } from './certificate-card.tsx';
import { CheckSteps, plannedSteps } from './check-steps.tsx';
import { ReportActions } from './report-actions.tsx';
import { type CheckWishes, useConnectionCheck } from './use-connection-check.ts';

export interface CheckDialogProps {
  readonly mailbox: Mailbox;
  readonly onClose: () => void;
}

/** Walks through both sign-ins of a saved mailbox; a certificate may be accepted on the spot. */
export function CheckDialog({ mailbox, onClose }: CheckDialogProps) {
  const t = useText();
  const format = useFormats();
  const check = useConnectionCheck();
  const start = (settings: MailboxSettings, wishes: CheckWishes = {}) => check.run(draftOf(mailbox, settings), wishes);
  const update = useAction('mailboxes.update', { onSuccess: (saved) => start(saved.settings) });
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens.
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    start(mailbox.settings);
  }, []);
  const result = check.pending ? null : (check.value ?? null);
  const problem = result?.steps.find((step) => step.problem !== null && step.finding === null)?.problem;
  const error = check.error ?? update.error;
  const time = result?.steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0) ?? 0;
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('mailbox.action.check')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="lg">
        <CheckSteps planned={plannedSteps(mailbox.settings)} check={result} live={check.steps} />
        {result?.ok && <p style={{ margin: 0 }}>{t('check.good', { time: format.duration(time) })}</p>}
        {problem && <ErrorNotice error={problem} />}
        {result?.certificate && (
          <CertificateCard
            certificate={result.certificate}
            host={hostOf(mailbox.settings, result.certificate)}
            lacksAuthority={lacksAuthority(result)}
            onTrusted={() => start(mailbox.settings)}
            onAccept={() =>
              update.run({
                draft: draftOf(mailbox, pinned(mailbox.settings, result.certificate as ForeignCertificate)),
                confirmed: false,
              })
            }
          />
        )}
        {result && <OldEncryptionOffer steps={result.steps} onAllowed={() => start(mailbox.settings)} />}
        {error && <ErrorNotice error={error} />}
        {result && <ReportActions check={result} settings={mailbox.settings} />}
        <Group justify="flex-end" gap="sm">
          {!check.pending && canSend(mailbox.settings) && (
            <Tooltip label={testLetterHint(mailbox.settings, t)} multiline w={260}>
              <Button variant="default" onClick={() => start(mailbox.settings, { sendLetter: true })}>
                {t('check.testLetter')}
              </Button>
            </Tooltip>
          )}
          {!check.pending && mailbox.settings.incoming?.protocol === 'imap' && (
            <Tooltip label={t('check.writeFlagHint')} multiline w={260}>
              <Button variant="default" onClick={() => start(mailbox.settings, { writeFlag: true })}>
                {t('check.writeFlag')}
              </Button>
            </Tooltip>
          )}
          {!check.pending && (
            <Button variant="default" onClick={() => start(mailbox.settings)}>
              {t('wizard.check.again')}
            </Button>
          )}
          <Button variant={check.pending ? 'default' : 'filled'} onClick={onClose}>
            {t(check.pending ? 'action.cancel' : 'action.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function testLetterHint(settings: MailboxSettings, t: Translate): string {
  if (receives(settings)) return t('check.testLetterHint');
  return t('check.testLetterAway', { address: testAddressOf(settings) });
}

/** Nulls: the passwords that are in the vault. */
function draftOf(mailbox: Mailbox, settings: MailboxSettings): MailboxDraft {
  return { settings, password: null, outgoingPassword: null, mailboxId: mailbox.id };
}

export function hostOf(settings: MailboxSettings, { endpoint }: ForeignCertificate): string {
  return (settings[endpoint] ?? mainServerOf(settings)).host;
}

/** No authority mends a certificate that has ended or names somebody else, nor one that its server has signed itself. */
export function lacksAuthority({ steps, certificate }: ConnectionCheck): boolean {
  const untrusted = steps.some(({ problem }) => problem?.code === 'tls.certificate-untrusted');
  return untrusted && certificate !== null && certificate.issuer !== certificate.subject;
}

export function pinned(settings: MailboxSettings, { endpoint, sha256 }: ForeignCertificate): MailboxSettings {
  if (endpoint === 'incoming') {
    return { ...settings, incoming: settings.incoming && { ...settings.incoming, pinnedCertificate: sha256 } };
  }
  return { ...settings, outgoing: settings.outgoing && { ...settings.outgoing, pinnedCertificate: sha256 } };
}
