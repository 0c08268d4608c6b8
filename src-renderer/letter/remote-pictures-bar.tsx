import { Button } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './remote-pictures-bar.module.css';

export interface RemotePicturesBarProps {
  /** What is still outside. */
  readonly urls: readonly string[];
  readonly onShow: (fetched: Readonly<Record<string, string>>) => void;
}

/** Says that pictures stayed outside, and why; fetches them on the reader's wish alone. */
export function RemotePicturesBar({ urls, onShow }: RemotePicturesBarProps) {
  const t = useText();
  const { data: network } = useQuery('console.network');
  const fetching = useAction('mail.remotePictures', { onSuccess: onShow, cancelOnLeave: true });
  if (urls.length === 0) return null;
  const tried = fetching.value !== undefined;
  const offline = network?.online === false;
  return (
    <div className={classes.bar} role="note">
      <IconPhotoOff size={16} aria-hidden className={classes.sign} />
      <span className={classes.words}>
        {t(tried ? 'letter.pictures.missing' : 'letter.pictures.blocked', { count: urls.length })}
        {!tried && (
          <span className={classes.why}> {t(offline ? 'letter.pictures.offline' : 'letter.pictures.why')}</span>
        )}
      </span>
      <Button
        size="xs"
        variant="subtle"
        disabled={offline}
        loading={fetching.pending}
        onClick={() => fetching.run({ urls: [...urls] })}
      >
        {t(tried ? 'action.retry' : 'letter.pictures.show')}
      </Button>
      {fetching.error && <ErrorNotice error={fetching.error} tone="late" />}
    </div>
  );
}
