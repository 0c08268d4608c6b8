import { ActionIcon, Skeleton, UnstyledButton } from '@mantine/core';
import {
  IconArchive,
  IconChevronRight,
  IconFolder,
  IconInbox,
  IconMail,
  IconPencil,
  IconSend,
  IconShieldX,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { LetterScope } from '../../src-shared/contract/mail.ts';
import type { Folder, FolderRole } from '../../src-shared/domain/folder.ts';
import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { type FolderBranch, folderBranches } from './folder-branches.ts';
import classes from './folder-tree.module.css';

export interface FolderTreeProps {
  readonly scope: LetterScope;
  readonly onScope: (scope: Pick<LetterScope, 'mailboxId' | 'folderId'>) => void;
}

const roleSigns: Readonly<Record<FolderRole, TablerIcon>> = {
  inbox: IconInbox,
  sent: IconSend,
  drafts: IconPencil,
  junk: IconShieldX,
  trash: IconTrash,
  archive: IconArchive,
  all: IconMail,
};

/** All letters, then each mailbox with its folders and their counts. */
export function FolderTree({ scope, onScope }: FolderTreeProps) {
  const t = useText();
  const folders = useQuery('mail.folders');
  const mailboxes = useQuery('mailboxes.list');
  const error = folders.error ?? mailboxes.error;
  if (error) {
    return (
      <div className={classes.tree}>
        <ErrorNotice error={error} />
      </div>
    );
  }
  const all = folders.data ?? [];
  return (
    <nav className={classes.tree} aria-label={t('mail.folders')}>
      <FolderLine
        name={t('mail.all-letters')}
        icon={IconMail}
        unread={sum(all, 'unread')}
        total={sum(all, 'total')}
        current={scope.mailboxId === null}
        onPick={() => onScope({ mailboxId: null, folderId: null })}
      />
      {!mailboxes.data && [70, 55, 62].map((width) => <Skeleton key={width} h={14} w={`${width}%`} m="9px 12px" />)}
      {mailboxes.data?.map((mailbox) => {
        const own = all.filter(({ mailboxId }) => mailboxId === mailbox.id);
        // One that only sends has what was loaded while it still received.
        if (!isReceiving(mailbox) && own.length === 0) return null;
        return (
          <section key={mailbox.id} className={classes.mailbox} aria-label={mailbox.settings.name}>
            <FolderLine
              name={mailbox.settings.name}
              title={mailbox.settings.address}
              heading
              unread={sum(own, 'unread')}
              total={sum(own, 'total')}
              current={scope.mailboxId === mailbox.id && scope.folderId === null}
              onPick={() => onScope({ mailboxId: mailbox.id, folderId: null })}
            />
            {folderBranches(all, mailbox.id).map((branch) => (
              <Branch key={branch.folder.id} branch={branch} scope={scope} onScope={onScope} />
            ))}
          </section>
        );
      })}
    </nav>
  );
}

function sum(folders: readonly Folder[], field: 'total' | 'unread'): number {
  return folders.reduce((all, folder) => all + folder[field], 0);
}

function Branch({ branch, scope, onScope }: FolderTreeProps & { readonly branch: FolderBranch }) {
  const t = useText();
  const [open, setOpen] = useState(true);
  const { folder, depth, children } = branch;
  const name = folder.role ? t(`mail.role.${folder.role}`) : folder.name;
  return (
    <>
      <FolderLine
        name={name}
        title={folder.selected ? folder.path : `${folder.path} · ${t('mail.folder.not-loaded')}`}
        icon={folder.role ? roleSigns[folder.role] : IconFolder}
        depth={depth}
        unread={folder.unread}
        total={folder.total}
        quiet={!folder.selected}
        current={scope.folderId === folder.id}
        onPick={() => onScope({ mailboxId: folder.mailboxId, folderId: folder.id })}
        {...(children.length > 0 ? { open, onFold: () => setOpen(!open) } : {})}
      />
      {open && children.map((child) => <Branch key={child.folder.id} branch={child} scope={scope} onScope={onScope} />)}
    </>
  );
}

interface FolderLineProps {
  readonly name: string;
  readonly title?: string;
  readonly icon?: TablerIcon;
  readonly depth?: number;
  readonly unread: number;
  readonly total: number;
  readonly heading?: boolean;
  readonly quiet?: boolean;
  readonly current: boolean;
  readonly open?: boolean;
  readonly onFold?: () => void;
  readonly onPick: () => void;
}

function FolderLine(props: FolderLineProps) {
  const { name, title, icon: Sign, depth = 0, unread, total, heading, quiet, current, open, onFold, onPick } = props;
  const t = useText();
  const format = useFormats();
  return (
    <div
      className={classes.line}
      data-heading={heading || undefined}
      data-quiet={quiet || undefined}
      data-current={current || undefined}
      style={{ paddingLeft: depth * 14 }}
    >
      <UnstyledButton
        className={classes.pick}
        onClick={onPick}
        title={title ?? name}
        aria-current={current ? 'true' : undefined}
      >
        {Sign && <Sign size={16} stroke={1.6} aria-hidden className={classes.sign} />}
        <span className={classes.name}>{name}</span>
        {unread > 0 && (
          <span className={classes.unread} title={t('mail.folder.unread', { count: unread })}>
            <span aria-hidden>{format.wholeNumber(unread)}</span>
            <span className={classes.spoken}>{t('mail.folder.unread', { count: unread })}</span>
          </span>
        )}
        <span className={classes.total} data-spare={unread > 0 || undefined}>
          {format.wholeNumber(total)}
        </span>
      </UnstyledButton>
      {onFold && (
        <ActionIcon
          size={20}
          className={classes.fold}
          onClick={onFold}
          aria-expanded={open}
          aria-label={t(open ? 'mail.folder.collapse' : 'mail.folder.expand', { name })}
        >
          <IconChevronRight size={14} data-open={open || undefined} className={classes.chevron} />
        </ActionIcon>
      )}
    </div>
  );
}
