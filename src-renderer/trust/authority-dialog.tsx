import { Button, FileButton, Group, Input, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import { mostAuthorityBytes } from '../../src-shared/domain/certificate-authority.ts';
import { hostPatternSchema } from '../../src-shared/domain/host-pattern.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { CertificateFacts } from './certificate-facts.tsx';

export interface AuthorityDialogProps {
  /** The host it is about; empty: to be typed. */
  readonly host: string;
  readonly onClose: () => void;
  readonly onTrusted: () => void;
}

/** A certificate authority for one host: its file is read and shown before it is trusted. */
export function AuthorityDialog({ host: first, onClose, onTrusted }: AuthorityDialogProps) {
  const t = useText();
  const [host, setHost] = useState(first);
  const [touched, setTouched] = useState(false);
  const chosen = useChosenFile();
  const add = useAction('authorities.add', {
    onSuccess: () => {
      notifications.show({ message: t('authority.added', { host: host.trim() }) });
      onTrusted();
    },
  });
  const pattern = hostPatternSchema.safeParse(host);
  const error = chosen.error ?? add.error;
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t('authority.dialog')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // The dialog may stand in a step of the wizard, which is a form as well.
          event.stopPropagation();
          setTouched(true);
          if (pattern.success && chosen.file) add.run({ host, file: chosen.file.bytes });
        }}
      >
        <Stack gap="lg">
          <TextInput
            data-autofocus={first === '' || undefined}
            label={t('authority.host')}
            description={t('authority.hostHint')}
            value={host}
            onChange={({ currentTarget }) => setHost(currentTarget.value)}
            onBlur={() => setTouched(host !== '')}
            error={touched && !pattern.success ? t('authority.hostInvalid') : null}
            spellCheck={false}
            maxLength={255}
          />
          <AuthorityFile chosen={chosen} />
          {error && <ErrorNotice error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={!chosen.file || chosen.error !== null} loading={add.pending}>
              {t('authority.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function AuthorityFile({ chosen }: { readonly chosen: ReturnType<typeof useChosenFile> }) {
  const t = useText();
  return (
    <>
      <Input.Wrapper label={t('authority.file')} description={t('authority.fileHint')} labelElement="div">
        <Group gap="sm" mt={6}>
          <FileButton accept=".pem,.crt,.cer,.der,.cert,.ca-bundle" onChange={chosen.choose}>
            {(button) => (
              <Button {...button} variant="default" leftSection={<IconFileCertificate size={16} aria-hidden />}>
                {t(chosen.file ? 'authority.chooseOther' : 'authority.choose')}
              </Button>
            )}
          </FileButton>
          {chosen.file && (
            <Text fz={13} style={{ overflowWrap: 'anywhere' }}>
              {chosen.file.name}
            </Text>
          )}
        </Group>
      </Input.Wrapper>
      {chosen.found.length > 0 && (
        <Stack gap="sm" role="group" aria-label={t('authority.found')} aria-live="polite">
          {chosen.found.map((certificate) => (
            <CertificateFacts key={certificate.sha256} certificate={certificate} />
          ))}
          <Text fz={13} c="dimmed">
            {t('authority.compare')}
          </Text>
        </Stack>
      )}
    </>
  );
}

/** The file that was chosen last, and what the console read in it. */
function useChosenFile() {
  const [file, setFile] = useState<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const read = useAction('authorities.read');
  const choose = async (next: File | null): Promise<void> => {
    if (next === null) return;
    read.reset();
    setProblem(null);
    setFile(null);
    // A wrong file may be a film.
    const fits = next.size <= mostAuthorityBytes;
    const bytes = fits ? await next.arrayBuffer().catch(() => null) : null;
    if (bytes === null) {
      const failed = fits ? new AppError('file.unreadable', { path: next.name }) : new AppError('authority.unreadable');
      setProblem(failed);
      return;
    }
    const chosen = { name: next.name, bytes: new Uint8Array(bytes) };
    setFile(chosen);
    read.run({ file: chosen.bytes });
  };
  return {
    file,
    found: read.value ?? [],
    error: problem ?? read.error,
    choose: (next: File | null) => void choose(next),
  };
}
