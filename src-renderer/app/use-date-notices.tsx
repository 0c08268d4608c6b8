import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { type DateNotice, endsWithConnection } from '../../src-shared/domain/dated-thing.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { useText } from '../i18n/i18n.tsx';
import { call, subscribe } from '../ipc/ipc.ts';

/** A console may run for weeks: a day must not pass unseen. */
const askAgainAfter = 60 * 60_000;
const namesShown = 3;

/** What ends soon is said wherever one is, and stays until it is closed: it will not be said again. */
export function useDateNotices(): void {
  const t = useText();
  useEffect(() => {
    // What cannot be told now stays untold: it comes with the next question.
    const ask = () =>
      void call('dates.takeNotices', undefined).then(
        (notices) => show(t, notices),
        () => {},
      );
    ask();
    const timer = setInterval(ask, askAgainAfter);
    const ends = [subscribe('dates.changed', ask), subscribe('mailboxes.changed', ask)];
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
    };
  }, [t]);
}

/** One for each thing and day, however many mailboxes it is about. */
function show(t: Translate, notices: readonly DateNotice[]): void {
  const groups = new Map<string, DateNotice[]>();
  for (const notice of notices) {
    const key = `date ${notice.kind} ${notice.endsAt}`;
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  for (const [id, [first, ...others]] of groups) {
    if (!first) continue;
    const what = t(`date.${first.kind}`);
    const left = t('dates.left', { count: first.daysLeft });
    notifications.show({
      id,
      title: first.daysLeft > 0 ? t('dates.notice', { what, left }) : t('dates.noticePast', { what }),
      message: (
        <>
          {`${mailboxesOf(t, [first, ...others])}. ${t(`date.${first.kind}.do`)} `}
          {endsWithConnection.has(first.kind) && <Way t={t} to={others.length === 0 ? first : null} />}
        </>
      ),
      autoClose: false,
    });
  }
}

/** Notices lie outside of the routes: an address leads there as well. Of several mailboxes each has its own way, on their list. */
function Way({ t, to }: { readonly t: Translate; readonly to: DateNotice | null }) {
  return (
    <Anchor href={to === null ? '#/mailboxes' : `#/mailboxes/${to.mailboxId}/switch`} fz={13} underline="always">
      {t('switch.prepare')}
    </Anchor>
  );
}

function mailboxesOf(t: Translate, notices: readonly DateNotice[]): string {
  const names = notices
    .slice(0, namesShown)
    .map(({ mailboxName }) => mailboxName)
    .join(', ');
  const more = notices.length - namesShown;
  return more > 0 ? t('dates.noticeMailboxes', { names, count: more }) : names;
}
