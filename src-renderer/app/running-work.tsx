import { Popover, RingProgress, Title, UnstyledButton } from '@mantine/core';
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
          <RingProgress
            size={15}
            thickness={2.5}
            sections={[{ value: shareDone(running), color: 'var(--mantine-primary-color-filled)' }]}
            aria-hidden
          />
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

/**
 * Of all that is running, in percent; a little is shown from the start. A ring that stands still between two figures: a wheel that turns is drawn sixty times a second, which
 * without a graphics card took a fifth of the processors from the load that it spoke of.
 */
function shareDone(running: readonly MailboxState[]): number {
  const sum = (figure: 'done' | 'total') => running.reduce((all, { progress }) => all + (progress?.[figure] ?? 0), 0);
  return Math.max(6, (100 * sum('done')) / Math.max(1, sum('total')));
}
