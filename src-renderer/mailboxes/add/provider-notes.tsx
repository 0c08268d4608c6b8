import { Button, Text } from '@mantine/core';
import { IconExternalLink, IconInfoCircle } from '@tabler/icons-react';
import type { Provider } from '../../../src-shared/domain/provider.ts';
import { isTextKey } from '../../../src-shared/i18n/i18n.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import classes from './add-mailbox.module.css';
import notes from './provider-notes.module.css';

/** Before the password: how the provider makes a password for one program (R94, R95, R142–R144), and where. */
export function AppPasswordGuide({ provider }: { readonly provider: Provider }) {
  const t = useText();
  const open = useAction('links.open');
  const url = provider.appPasswordUrl;
  const key = provider.appPasswordSteps ?? 'provider.steps.general';
  const steps = isTextKey(key) ? t(key).split('\n') : [];
  return (
    <section className={classes.guide}>
      <Text fw={500}>{t('wizard.appPassword.title', { provider: provider.name })}</Text>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {url && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={14} />}
          onClick={() => open.run({ url })}
          title={url}
        >
          {t('wizard.appPassword.open')}
        </Button>
      )}
      {open.error && <ErrorNotice error={open.error} />}
    </section>
  );
}

/** What goes wrong with this provider more often than not. */
export function ProviderTraps({ provider }: { readonly provider: Provider }) {
  const t = useText();
  const known = provider.traps.filter(isTextKey);
  if (known.length === 0) return null;
  return (
    <ul className={notes.traps}>
      {known.map((key) => (
        <li key={key} className={notes.trap}>
          <IconInfoCircle size={16} aria-hidden />
          <span>{t(key)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Does it want a password of its own for a program? Where the directory offers the mailbox's password first, the guide would mislead. */
export function needsAppPassword({ signIn }: Provider): boolean {
  return signIn.find((kind) => kind !== 'oauth2') === 'app-password';
}
