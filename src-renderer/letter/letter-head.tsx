import { UnstyledButton } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Address, Letter } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { InitialsDisc } from './initials-disc.tsx';
import classes from './letter-head.module.css';

/** More than these are folded: a letter to a whole company would push its text out of view. */
const addressesShown = 4;

/** Subject, who wrote to whom, when. */
export function LetterHead({ letter, actions }: { readonly letter: Letter; readonly actions: ReactNode }) {
  const t = useText();
  const format = useFormats();
  const { summary, to, cc, replyTo, automatic } = letter;
  const { from } = summary;
  const elsewhere = replyTo.filter(({ address }) => address.toLowerCase() !== from?.address.toLowerCase());
  return (
    <header className={classes.head}>
      <div className={classes.top}>
        <h2 className={classes.subject} data-selectable>
          {summary.subject || t('mail.no-subject')}
        </h2>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={classes.people}>
        <InitialsDisc name={from?.name || from?.address || '?'} />
        <div className={classes.lines}>
          <div className={classes.first}>
            <span className={classes.sender} data-selectable>
              <span className={classes.name}>{from?.name || from?.address || t('mail.no-sender')}</span>
              {from?.name && <span className={classes.address}>{from.address}</span>}
            </span>
            {automatic && <StateBadge tone="idle" icon={IconRobot} word={t('letter.automatic')} />}
            <time className={classes.date} dateTime={new Date(summary.sentAt).toISOString()}>
              {format.longDate(summary.sentAt)}
            </time>
          </div>
          <AddressLine label={t('letter.to')} addresses={to} whenEmpty={t('letter.no-recipients')} />
          {cc.length > 0 && <AddressLine label={t('letter.cc')} addresses={cc} />}
          {elsewhere.length > 0 && <AddressLine label={t('letter.reply-to')} addresses={elsewhere} />}
        </div>
      </div>
    </header>
  );
}

interface AddressLineProps {
  readonly label: string;
  readonly addresses: readonly Address[];
  readonly whenEmpty?: string;
}

function AddressLine({ label, addresses, whenEmpty = '' }: AddressLineProps) {
  const t = useText();
  const [all, showAll] = useState(false);
  const hidden = addresses.length - addressesShown;
  const shown = all || hidden <= 1 ? addresses : addresses.slice(0, addressesShown);
  const words = shown
    .map(({ name, address }) => (name && name !== address ? `${name} <${address}>` : address))
    .join(', ');
  return (
    <div className={classes.line}>
      <span className={classes.label}>{label}:</span> <span data-selectable>{words || whenEmpty}</span>{' '}
      {hidden > 1 && (
        <UnstyledButton className={classes.more} onClick={() => showAll(!all)} aria-expanded={all}>
          {all ? t('letter.fewer-addresses') : t('letter.more-addresses', { count: hidden })}
        </UnstyledButton>
      )}
    </div>
  );
}
