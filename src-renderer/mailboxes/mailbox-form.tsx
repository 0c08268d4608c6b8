import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type Mailbox, touchesMore } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { asOnServer, problemsOfAfterwards } from './afterwards.ts';
import { loadedPaths } from './folder-choice.ts';
import { LookDialog } from './look/look-dialog.tsx';
import { problemsOf, problemsOfSignIn } from './mailbox-form-problems.ts';
import { MailboxSections } from './mailbox-sections.tsx';
import classes from './mailboxes.module.css';
import { draftOf, useTypedMailbox } from './use-typed-mailbox.ts';

/** What an operator decides about a mailbox, saved as a whole. What would touch the server is counted and confirmed before. */
export function MailboxForm({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const { typed, setTyped, changed, discard, settle } = useTypedMailbox(mailbox);
  const [tried, setTried] = useState(false);
  const [looking, setLooking] = useState(false);
  const listing = useQuery('folders.list', { mailboxId: mailbox.id });
  const folders = listing.data ?? [];
  const save = useAction('mailboxes.update', {
    onSuccess: (stored) => {
      settle(stored.settings);
      setTried(false);
      setLooking(false);
      notifications.show({ message: t('mailboxPage.saved') });
    },
    onError: (error) => isAppError(error, 'mailbox.not-confirmed') && setLooking(true),
  });
  const draft = draftOf(mailbox, {
    ...typed,
    settings: { ...typed.settings, afterwards: asOnServer(typed.settings.afterwards, folders) },
  });
  const { loading, afterwards } = draft.settings;
  const ticked = folders.filter(({ selected }) => selected).map(({ path }) => path);
  const loaded = loadedPaths(folders, { which: loading.folders, ticked }, afterwards);
  const problems = {
    ...problemsOf(draft.settings),
    ...problemsOfSignIn(typed, mailbox.settings),
    ...problemsOfAfterwards(afterwards, loading.folders === 'all' ? [] : loaded),
  };
  const touches = touchesMore(mailbox.settings, draft.settings);
  const submit = () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    save.reset();
    if (touches) setLooking(true);
    else save.run({ draft, confirmed: false });
  };
  const unconfirmed = isAppError(save.error, 'mailbox.not-confirmed');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <MailboxSections
        mailbox={mailbox}
        typed={typed}
        onChange={setTyped}
        folders={folders}
        problems={tried ? problems : {}}
      />
      {/* Without the list of folders there is nothing to count. */}
      {touches && listing.error && (
        <ErrorNotice error={listing.error} action={{ label: t('action.retry'), run: () => void listing.refetch() }} />
      )}
      {save.error && !unconfirmed && !looking && <ErrorNotice error={save.error} />}
      {changed && (
        <div className={classes.savebar}>
          <span role="status">{t('mailboxPage.unsaved')}</span>
          <Button variant="default" onClick={discard}>
            {t('mailboxPage.discard')}
          </Button>
          <Button
            type="submit"
            loading={save.pending && !looking}
            disabled={listing.isPending || (touches && listing.isError)}
          >
            {t('action.save')}
          </Button>
        </div>
      )}
      {looking && (
        <LookDialog
          draft={draft}
          folders={loaded}
          saving={save.pending}
          error={unconfirmed ? null : save.error}
          onConfirm={() => save.run({ draft, confirmed: true })}
          onClose={() => setLooking(false)}
        />
      )}
    </form>
  );
}
