import { ActionIcon, Button } from '@mantine/core';
import { IconMailSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Contact } from '../../src-shared/domain/contact.ts';
import type { ContactId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { ContactDisc } from './contact-disc.tsx';
import classes from './contact-view.module.css';

/** One person, or a list of people: how to reach them, and what they have written. */
export function ContactView({ contactId }: { readonly contactId: ContactId }) {
  const { data: contact, error } = useQuery('contacts.get', { contactId });
  if (error)
    return (
      <div className={classes.part}>
        <ErrorNotice error={error} />
      </div>
    );
  if (!contact) return <RowSkeletons rows={4} height={44} />;
  return (
    <article className={classes.contact} aria-label={titleOf(contact)}>
      <ContactHead contact={contact} />
      <Addresses contact={contact} />
      <Phones contact={contact} />
      <Members contact={contact} />
      <Source contact={contact} />
    </article>
  );
}

const titleOf = ({ name, company, addresses: [first] }: Contact): string => name || company || first?.address || '';

function ContactHead({ contact }: { readonly contact: Contact }) {
  const t = useText();
  const { kind, name, company, department, jobTitle } = contact;
  const title = titleOf(contact) || t('contacts.nameless');
  const lines = [
    { label: t('contacts.job'), words: jobTitle },
    { label: t('contacts.department'), words: department },
    // Without a name the company stands above already.
    { label: t('contacts.company'), words: name === '' ? '' : company },
  ].filter(({ words }) => words !== '');
  return (
    <header className={classes.head}>
      <ContactDisc kind={kind} name={title} />
      <div className={classes.names}>
        <h2 className={classes.name} data-selectable>
          {title}
        </h2>
        {kind === 'list' && <p className={classes.sort}>{t('contacts.list')}</p>}
        {lines.length > 0 && (
          <dl className={classes.lines}>
            {lines.map(({ label, words }) => (
              <div key={label} className={classes.line}>
                <dt>{label}</dt>
                <dd data-selectable>{words}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </header>
  );
}

function Addresses({ contact: { addresses } }: { readonly contact: Contact }) {
  const t = useText();
  return (
    <Ways title={t('contacts.addresses')} count={addresses.length}>
      {addresses.map(({ address }) => (
        <li key={address} className={classes.way}>
          <span className={classes.value} data-selectable>
            {address}
          </span>
          <CopyButton value={address} />
          <LettersButton address={address} />
        </li>
      ))}
    </Ways>
  );
}

/** Leads to all letters that came from an address. */
function useLetters(address: string) {
  const t = useText();
  const navigate = useNavigate();
  return {
    label: `${t('contacts.letters')}: ${address}`,
    open: () => void navigate({ to: '/mail', search: { q: `from:${address}` } }),
  };
}

function LettersButton({ address }: { readonly address: string }) {
  const t = useText();
  const { label, open } = useLetters(address);
  const icon = <IconMailSearch size={15} stroke={1.6} aria-hidden />;
  return (
    <Button size="xs" variant="subtle" leftSection={icon} onClick={open} aria-label={label}>
      {t('contacts.letters')}
    </Button>
  );
}

/** The same where a whole list of addresses stands. */
function LettersIcon({ address }: { readonly address: string }) {
  const t = useText();
  const { label, open } = useLetters(address);
  return (
    <ActionIcon variant="subtle" onClick={open} aria-label={label} title={t('contacts.letters')}>
      <IconMailSearch size={16} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}

/** The same person may stand in a list twice. */
function Members({ contact: { kind, members } }: { readonly contact: Contact }) {
  const t = useText();
  if (kind !== 'list') return null;
  if (members.length === 0) return <p className={classes.nobody}>{t('contacts.members.none')}</p>;
  return (
    <Ways title={t('contacts.members', { count: members.length })} count={members.length}>
      {members.map(({ name, address }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no name of their own, and never change places.
        <li key={at} className={classes.member}>
          <span className={classes.memberWords}>
            {name !== '' && name !== address && <span data-selectable>{name}</span>}
            {address !== '' && (
              <span className={classes.memberAddress} data-selectable>
                {address}
              </span>
            )}
          </span>
          {address !== '' && (
            <>
              <CopyButton value={address} />
              <LettersIcon address={address} />
            </>
          )}
        </li>
      ))}
    </Ways>
  );
}

function Phones({ contact: { phones } }: { readonly contact: Contact }) {
  const t = useText();
  return (
    <Ways title={t('contacts.phones')} count={phones.length}>
      {phones.map(({ kind, number }) => (
        <li key={`${kind} ${number}`} className={classes.way}>
          <span className={classes.kind}>{t(`contacts.phone.${kind}`)}</span>
          <span className={classes.value} data-selectable>
            {number}
          </span>
          <CopyButton value={number} />
        </li>
      ))}
    </Ways>
  );
}

interface WaysProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Ways({ title, count, children }: WaysProps) {
  if (count === 0) return null;
  return (
    <section className={classes.part} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.ways}>{children}</ul>
    </section>
  );
}

function Source({ contact: { mailboxId, loadedAt } }: { readonly contact: Contact }) {
  const t = useText();
  const format = useFormats();
  const { data: mailboxes } = useQuery('mailboxes.list');
  const mailbox = mailboxes?.find(({ id }) => id === mailboxId)?.settings.name;
  if (mailbox === undefined) return null;
  return <p className={classes.source}>{t('contacts.source', { mailbox, when: format.timeAgo(loadedAt) })}</p>;
}
