import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { ErrorNotice } from './error-notice.tsx';

export interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  /** What happens, to what, how many. */
  readonly text: ReactNode;
  /** The button's word: the verb itself, never OK. */
  readonly verb: string;
  readonly danger?: boolean;
  readonly pending?: boolean;
  readonly error?: AppError | null;
  /** A choice that belongs to it. */
  readonly children?: ReactNode;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function Confirm(props: ConfirmProps) {
  const { opened, title, text, verb, danger = false, pending = false, error, children, onConfirm, onCancel } = props;
  const t = useText();
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="lg">
        <Text component="div">{text}</Text>
        {children}
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel} data-autofocus={danger || undefined}>
            {t('action.cancel')}
          </Button>
          <Button {...(danger ? { color: 'red.8' } : {})} onClick={onConfirm} loading={pending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
