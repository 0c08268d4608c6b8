import { Tooltip, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconAlertTriangle,
  IconDownload,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
  type TablerIcon,
} from '@tabler/icons-react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Attachment } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './attachment-list.module.css';
import { isDangerousFile } from './dangerous-files.ts';

export interface AttachmentListProps {
  readonly messageId: MessageId;
  readonly attachments: readonly Attachment[];
  /** Inside a conversation: without the outer margin. */
  readonly bare?: boolean;
}

/** Files of a letter. They are never opened from here: a click asks where to save. */
export function AttachmentList({ messageId, attachments, bare = false }: AttachmentListProps) {
  const t = useText();
  const saving = useAction('mail.saveAttachment', {
    onSuccess: (saved) => {
      if (saved) notifications.show({ message: t('letter.saved', { path: saved.path }), color: 'teal' });
    },
  });
  // Pictures that stand in the text are shown there.
  const shown = attachments.filter(({ inline, contentId }) => !inline || contentId === null);
  if (shown.length === 0) return null;
  return (
    <div className={classes.wrap} data-bare={bare || undefined}>
      <ul className={classes.list} aria-label={t('letter.attachments', { count: shown.length })}>
        {shown.map((attachment) => (
          <li key={attachment.index} className={classes.item}>
            <AttachmentChip attachment={attachment} onSave={() => saving.run({ messageId, index: attachment.index })} />
          </li>
        ))}
      </ul>
      {saving.error && <ErrorNotice error={saving.error} />}
    </div>
  );
}

function AttachmentChip({ attachment, onSave }: { readonly attachment: Attachment; readonly onSave: () => void }) {
  const t = useText();
  const format = useFormats();
  const { name, safeName, type, size } = attachment;
  const dangerous = isDangerousFile(name) || isDangerousFile(safeName);
  const Sign = dangerous ? IconAlertTriangle : signOf(type);
  const renamed = safeName !== name && name !== '';
  const hint = [
    dangerous && t('letter.attachment.dangerous-text'),
    renamed && t('letter.attachment.renamed', { name: safeName }),
    type,
  ].filter(Boolean);
  return (
    <Tooltip label={hint.join(' · ')} multiline maw={320}>
      <UnstyledButton
        className={classes.chip}
        data-dangerous={dangerous || undefined}
        onClick={onSave}
        aria-label={t('letter.attachment.save-named', { name: safeName || t('letter.attachment.unnamed') })}
      >
        <Sign size={18} stroke={1.6} aria-hidden className={classes.sign} />
        <span className={classes.words}>
          <span className={classes.name}>{name || t('letter.attachment.unnamed')}</span>
          <span className={classes.facts}>
            {dangerous && <span className={classes.danger}>{t('letter.attachment.dangerous')} · </span>}
            {format.byteSize(size)}
          </span>
        </span>
        <IconDownload size={14} aria-hidden className={classes.save} />
      </UnstyledButton>
    </Tooltip>
  );
}

function signOf(type: string): TablerIcon {
  if (type.startsWith('image/')) return IconPhoto;
  if (type === 'application/pdf') return IconFileTypePdf;
  if (/zip|compressed|rar|7z|tar/.test(type)) return IconFileZip;
  if (/sheet|excel|csv/.test(type)) return IconFileSpreadsheet;
  if (/^text\/|word|document/.test(type)) return IconFileText;
  return IconFile;
}
