import { IconMapOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useText } from '../i18n/i18n.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function LostScreen() {
  const t = useText();
  const navigate = useNavigate();
  return (
    <EmptyState
      icon={IconMapOff}
      text={t('lost.text')}
      action={{ label: t('lost.home'), run: () => void navigate({ to: '/' }) }}
    />
  );
}
