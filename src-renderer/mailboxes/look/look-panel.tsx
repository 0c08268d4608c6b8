import { Button, Skeleton, Text } from '@mantine/core';
import type { MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import { errorCodes } from '../../../src-shared/errors/codes.ts';
import { useText } from '../../i18n/i18n.tsx';
import type { Action } from '../../ipc/use-action.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import classes from './look.module.css';
import { LookFigures } from './look-figures.tsx';

export interface LookPanelProps {
  readonly look: Action<'mailboxes.look'>;
  readonly settings: MailboxSettings;
  /** How many folders are counted. */
  readonly folders: number;
  readonly onCount: () => void;
}

/** What saving would do, counted on the server before anything is done there. */
export function LookPanel({ look, settings, folders, onCount }: LookPanelProps) {
  const t = useText();
  if (look.error) {
    // Nobody counts again by itself, as the advice for a broken line would have it.
    const comesBack = errorCodes[look.error.code].retry === 'backoff';
    return (
      <ErrorNotice
        error={look.error}
        action={{ label: t('look.count'), run: onCount, pending: look.pending }}
        {...(comesBack ? { advice: t('look.failed') } : {})}
      />
    );
  }
  if (look.pending || look.input === undefined) {
    return (
      <div className={classes.panel} aria-busy>
        <ProgressLine label={t('look.counting', { count: folders })} done={0} total={0} onCancel={look.cancel} />
        <Text fz={13} c="dimmed">
          {t('look.readOnly')}
        </Text>
        <Skeleton height={28} width={280} mt={4} />
        <Skeleton height={14} width="80%" />
        <Skeleton height={14} width="60%" />
      </div>
    );
  }
  if (!look.value) {
    return (
      <div className={classes.panel}>
        <Text>{t('look.cancelled')}</Text>
        <div>
          <Button size="xs" variant="default" onClick={onCount}>
            {t('look.count')}
          </Button>
        </div>
      </div>
    );
  }
  return <LookFigures look={look.value} settings={settings} />;
}
