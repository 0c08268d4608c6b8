import { Loader, Popover, Title, UnstyledButton } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { isWorthWatching, type MailboxState } from '../ipc/use-mailbox-states.ts';
import { ProgressLine } from '../ui/progress-line.tsx';
import classes from './top-bar.module.css';

/** What is running: how many, and on a click each with its progress and a way to end it. */
export function RunningWork({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  const cancel = useAction('loading.cancel');
  const running = states.filter(isWorthWatching);
  if (running.length === 0) return null;
  return (
    <Popover position="bottom-end" shadow="md" radius="md" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.sign} style={{ gap: 6, fontSize: 12 }}>
          <Loader size={13} aria-hidden />
          {t('bar.running', { count: running.length })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="lg">
        <div className={classes.popover}>
          <Title order={2} fz={13}>
            {t('bar.runningTitle')}
          </Title>
          {running.map(({ mailbox, progress }) => (
            <ProgressLine
              key={mailbox.id}
              label={t(progress?.phase === 'sorting' ? 'running.sorting' : 'running.loading', {
                mailbox: mailbox.settings.name,
              })}
              done={progress?.done ?? 0}
              total={progress?.total ?? 0}
              startedAt={progress?.startedAt ?? null}
              onCancel={() => cancel.run({ mailboxId: mailbox.id })}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
