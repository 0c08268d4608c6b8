import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconFlask } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './demo-bar.module.css';

/** While the demo company is there: says so, and the one click that ends it. */
export function DemoBar() {
  const t = useText();
  const [asking, ask] = useDisclosure(false);
  const { data: status } = useQuery('demo.status');
  const start = useAction('demo.start');
  const end = useAction('demo.end', {
    onSuccess: () => {
      ask.close();
      notifications.show({ message: t('demo.ended') });
    },
  });
  if (!status?.present) return null;
  return (
    <>
      <div className={classes.bar} role="status">
        <IconFlask size={16} stroke={1.8} aria-hidden className={classes.sign} />
        <span className={classes.words}>{t(status.running || start.pending ? 'demo.bar' : 'demo.stopped')}</span>
        {!status.running && (
          <Button size="xs" variant="subtle" onClick={() => start.run()} loading={start.pending}>
            {t('demo.startAgain')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={ask.open}>
          {t('demo.end')}
        </Button>
      </div>
      {start.error && <ErrorNotice error={start.error} action={{ label: t('action.retry'), run: () => start.run() }} />}
      <Confirm
        opened={asking}
        title={t('demo.end.title')}
        text={t('demo.end.text')}
        verb={t('demo.end.verb')}
        danger
        pending={end.pending}
        error={end.error}
        onConfirm={() => end.run()}
        onCancel={ask.close}
      />
    </>
  );
}
