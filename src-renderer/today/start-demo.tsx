import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ProgressLine } from '../ui/progress-line.tsx';

/** Starts the demo company; meanwhile its progress and a way to stop; then a notice that leads on. */
export function StartDemo() {
  const t = useText();
  const tellReady = useReadyNotice();
  const start = useAction('demo.start', { onSuccess: tellReady });
  const { data: loading = [] } = useQuery('loading.status', undefined, { enabled: start.pending });
  if (start.pending) {
    const sum = (of: 'done' | 'total') => loading.reduce((all, one) => all + one[of], 0);
    return (
      <ProgressLine label={t('welcome.demo.running')} done={sum('done')} total={sum('total')} onCancel={start.cancel} />
    );
  }
  return (
    <Stack gap="sm">
      {start.error && <ErrorNotice error={start.error} />}
      <Button variant="default" onClick={() => start.run()}>
        {start.error ? t('action.retry') : t('welcome.demo.start')}
      </Button>
    </Stack>
  );
}

function useReadyNotice() {
  const t = useText();
  const navigate = useNavigate();
  return ({ letters, tickets }: { readonly letters: number; readonly tickets: number }) => {
    const id = 'demo-ready';
    const goTo = (to: '/tickets' | '/mail') => () => {
      notifications.hide(id);
      void navigate({ to });
    };
    notifications.show({
      id,
      autoClose: 20_000,
      title: t('demo.started.title'),
      closeButtonProps: { 'aria-label': t('action.close') },
      message: (
        <>
          <Text fz={13}>
            {t('demo.started.line', {
              letters: t('demo.started.letters', { count: letters }),
              tickets: t('demo.started.tickets', { count: tickets }),
            })}
          </Text>
          <Group gap="sm" mt={8}>
            <Button size="xs" onClick={goTo('/tickets')}>
              {t('demo.started.goTickets')}
            </Button>
            <Button size="xs" variant="default" onClick={goTo('/mail')}>
              {t('demo.started.goMail')}
            </Button>
          </Group>
        </>
      ),
    });
  };
}
