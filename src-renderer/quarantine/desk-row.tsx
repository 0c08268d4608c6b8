import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './desk-row.module.css';
import type { DeskItem } from './use-desk-list.ts';
import { WhyBadge } from './why-badge.tsx';

export const deskRowHeight = 76;

export interface DeskRowProps {
  readonly item: DeskItem | undefined;
  /** Of its mailbox, where letters of several lie together. */
  readonly mailbox: string;
}

/** Who, since when; about what; why it is here. Undefined: still being read. */
export function DeskRow({ item, mailbox }: DeskRowProps) {
  const t = useText();
  const format = useFormats();
  if (!item) {
    return (
      <div className={classes.row}>
        <VisuallyHidden>{t('reading')}</VisuallyHidden>
        {[38, 72, 54].map((width) => (
          <Skeleton key={width} height={11} width={`${width}%`} my={4} animate={false} />
        ))}
      </div>
    );
  }
  const { letter, why, at } = item;
  return (
    <div className={classes.row}>
      <div className={classes.line}>
        <span className={classes.who}>{letter.from?.name || letter.from?.address || t('ledger.row.noSender')}</span>
        <time className={classes.dim} dateTime={new Date(at).toISOString()}>
          {format.shortDate(at)}
        </time>
      </div>
      <div className={classes.line}>
        <span className={classes.what}>{letter.subject || t('ledger.row.noSubject')}</span>
      </div>
      <div className={classes.line}>
        <WhyBadge why={why} plain />
        <span className={classes.mailbox} title={mailbox}>
          {mailbox}
        </span>
      </div>
    </div>
  );
}
