import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconSearch, IconWifi, IconWifiOff } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';
import { useMailboxStates } from '../ipc/use-mailbox-states.ts';
import { useQuery } from '../ipc/use-query.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { HealthSign } from './health-sign.tsx';
import { RunningWork } from './running-work.tsx';
import classes from './top-bar.module.css';

export function TopBar({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const t = useText();
  const { states } = useMailboxStates();
  return (
    <section className={classes.bar} aria-label={t('bar.label')}>
      <UnstyledButton className={classes.search} onClick={() => spotlight.open()}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className={classes.words}>{t('bar.search')}</span>
        <KeyHint keys={['mod', 'K']} />
      </UnstyledButton>
      <div className={classes.states}>
        {states && <RunningWork states={states} />}
        {states && <HealthSign states={states} />}
        <NetworkSign />
        <Tooltip label={t('bar.help')}>
          <ActionIcon onClick={onShowKeys} aria-label={t('bar.help')}>
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
    </section>
  );
}

/** Offline is a normal state: said calmly, in grey. */
function NetworkSign() {
  const t = useText();
  const { data } = useQuery('console.network');
  if (!data) return null;
  const { online } = data;
  return (
    <Tooltip label={t(online ? 'bar.onlineHint' : 'bar.offlineHint')} multiline maw={320}>
      <span className={classes.sign}>
        <StateBadge
          tone="idle"
          icon={online ? IconWifi : IconWifiOff}
          word={t(online ? 'bar.online' : 'bar.offline')}
          plain={online}
        />
      </span>
    </Tooltip>
  );
}
