import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { ContactSummary } from '../../src-shared/domain/contact.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { ContactDisc } from './contact-disc.tsx';
import classes from './contact-row.module.css';

export const contactRowHeight = 56;

export interface ContactRowProps {
  /** Undefined: still being read. */
  readonly contact: ContactSummary | undefined;
  /** Empty where it need not be said. */
  readonly mailbox: (mailboxId: MailboxId) => string;
}

/** Who; of which company, under which address. */
export function ContactRow({ contact, mailbox }: ContactRowProps) {
  const t = useText();
  if (!contact) {
    return (
      <div className={classes.row}>
        <VisuallyHidden>{t('reading')}</VisuallyHidden>
        <Skeleton circle height={28} animate={false} />
        <span className={classes.words}>
          <Skeleton height={11} width="48%" my={4} animate={false} />
          <Skeleton height={11} width="70%" my={4} animate={false} />
        </span>
      </div>
    );
  }
  const { kind, name, company, address, phone, members } = contact;
  const title = name || company || address || phone || t('contacts.nameless');
  const told =
    kind === 'list'
      ? [t('contacts.list'), members === 0 ? '' : t('contacts.members', { count: members })]
      : [company, address || phone];
  const facts = told.filter((fact) => fact !== '' && fact !== title).join(' · ');
  const where = mailbox(contact.mailboxId);
  return (
    <div className={classes.row}>
      <ContactDisc kind={kind} name={title} small />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>{title}</span>
          {where !== '' && (
            <span className={classes.mailbox} title={where}>
              {where}
            </span>
          )}
        </span>
        <span className={classes.facts}>{facts}</span>
      </span>
    </div>
  );
}
