import { notifications } from '@mantine/notifications';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';

/** For actions of a menu, which has closed by the time they fail: both sentences in a notice that stays. */
export function useErrorNotice() {
  const t = useText();
  return (error: AppError) => {
    const { what, advice } = errorSentence(t, toWire(error));
    notifications.show({
      color: 'red',
      title: what,
      message: advice,
      autoClose: false,
      closeButtonProps: { 'aria-label': t('action.close') },
    });
  };
}
