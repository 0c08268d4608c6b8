import { Modal, Stack, Title } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { type ShownKey, useKeysHere } from '../ui/shown-keys.tsx';
import classes from './keys-help.module.css';
import { places } from './places.ts';

export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText();
  const here = useKeysHere();
  const everywhere: readonly ShownKey[] = [
    { keys: ['mod', 'K'], does: t('keys.palette') },
    { keys: ['mod', `1…${places.length}`], does: t('keys.places') },
    { keys: ['?'], does: t('keys.help') },
    { keys: ['Esc'], does: t('keys.close') },
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="lg">
        {here.length > 0 && <KeyList title={t('keys.here')} keys={here} />}
        <KeyList title={t('keys.everywhere')} keys={everywhere} />
      </Stack>
    </Modal>
  );
}

function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly ShownKey[] }) {
  return (
    <section>
      <Title order={3} fz={13} mb="xs">
        {title}
      </Title>
      <dl className={classes.list}>
        {keys.map(({ keys: pressed, does }) => (
          <div key={does} className={classes.row}>
            <dt>{does}</dt>
            <dd>
              <KeyHint keys={pressed} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
