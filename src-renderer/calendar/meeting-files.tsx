import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import type { Meeting } from '../../src-shared/domain/meeting.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { isDangerousFile } from '../letter/dangerous-files.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './meeting-view.module.css';

/** Never opened from here: a click asks where to save. */
export function MeetingFiles({ meeting: { id: meetingId, files: all } }: { readonly meeting: Meeting }) {
  const t = useText();
  const format = useFormats();
  const saving = useAction('calendar.saveFile', {
    onSuccess: (saved) => {
      if (saved) notifications.show({ message: t('calendar.file.saved', { path: saved.path }), color: 'teal' });
    },
  });
  const files = all.filter(({ inline }) => !inline);
  if (files.length === 0) return null;
  return (
    <>
      <ul className={classes.files} aria-label={t('calendar.files')}>
        {files.map(({ index, name, size, loaded }) => (
          <li key={index}>
            <Button
              size="xs"
              variant="default"
              disabled={!loaded}
              leftSection={
                isDangerousFile(name) ? (
                  <IconAlertTriangle size={14} aria-hidden />
                ) : (
                  <IconDownload size={14} aria-hidden />
                )
              }
              aria-label={t('calendar.file.save', { name })}
              title={isDangerousFile(name) ? t('letter.attachment.dangerous-text') : undefined}
              onClick={() => saving.run({ meetingId, index })}
            >
              {name} · {loaded ? format.byteSize(size) : t('calendar.file.notLoaded')}
            </Button>
          </li>
        ))}
      </ul>
      {saving.error && <ErrorNotice error={saving.error} />}
    </>
  );
}
