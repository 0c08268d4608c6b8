import { useDisclosure, useHotkeys, useWindowEvent } from '@mantine/hooks';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { CommandPalette } from './command-palette.tsx';
import { DemoBar } from './demo-bar.tsx';
import classes from './frame.module.css';
import { KeysHelp } from './keys-help.tsx';
import { places } from './places.ts';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useCaughtUpNotice } from './use-caught-up-notice.ts';
import { useDateNotices } from './use-date-notices.tsx';

/** Rail, bar, and the screen of the address. */
export function Frame() {
  const [keysShown, keys] = useDisclosure(false);
  const navigate = useNavigate();
  useCaughtUpNotice();
  useDateNotices();
  useHotkeys(
    places.map(({ path }, at) => [`mod+${at + 1}`, () => void navigate({ to: path })] as [string, () => void]),
  );
  // By the sign, not by the key: where `?` lies, and with which modifiers, is the keyboard layout's affair.
  useWindowEvent('keydown', (event) => {
    if (event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) keys.open();
  });
  return (
    <div className={classes.frame}>
      <Rail />
      <div className={classes.main}>
        <TopBar onShowKeys={keys.open} />
        <DemoBar />
        <main className={classes.screen}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <CommandPalette />
      <KeysHelp opened={keysShown} onClose={keys.close} />
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
