import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../i18n/i18n.tsx';

export function AllLink({ to }: { readonly to: '/mailboxes' | '/mail' | '/tickets' }) {
  const t = useText();
  return (
    <Anchor component={Link} to={to} fz={13}>
      {t('today.all')}
    </Anchor>
  );
}
