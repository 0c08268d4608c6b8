import { Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { LoadLook } from '../../../src-shared/domain/loading.ts';
import type { MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import classes from './look.module.css';
import { LookTable } from './look-table.tsx';
import { daysByLimit, effectSentences, isDangerous } from './look-words.ts';

export interface LookFiguresProps {
  readonly look: LoadLook;
  readonly settings: MailboxSettings;
}

/** The whole of it in a few lines, then folder by folder. */
export function LookFigures({ look, settings }: LookFiguresProps) {
  const t = useText();
  const facts = useFacts(look);
  return (
    <div className={classes.panel} aria-live="polite">
      <p className={classes.big}>{t('look.toLoad', { count: look.toLoad })}</p>
      <OnServer look={look} settings={settings} />
      <MissingFolders look={look} settings={settings} />
      {!settings.loading.automatic && <Text>{t('look.later')}</Text>}
      <Text>{t(settings.collectsTickets ? 'look.tickets' : 'look.noTickets')}</Text>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <LookTable look={look} kind={settings.afterwards.kind} />
    </div>
  );
}

/** Nothing at all, or the most that may happen there and when. */
function OnServer({ look, settings }: LookFiguresProps) {
  const t = useText();
  const [first, ...others] = effectSentences(t, settings, look);
  if (first === undefined) {
    return (
      <Text>
        {t('look.untouched', {
          marked: t('look.toMark', { count: look.toMark }),
          moved: t('look.toMove', { count: look.toMove }),
          deleted: t('look.toDelete', { count: look.toDelete }),
        })}
      </Text>
    );
  }
  const danger = isDangerous(settings);
  return (
    <Note tone={danger ? 'bad' : 'plain'}>
      <p className={classes.strong}>{first}</p>
      {others.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Note>
  );
}

function MissingFolders({ look: { missingFolders }, settings: { afterwards } }: LookFiguresProps) {
  const t = useText();
  if (missingFolders.length === 0 || afterwards.kind !== 'move') return null;
  const folders = missingFolders.join(', ');
  const count = missingFolders.length;
  if (afterwards.create) return <Text>{t('look.missing.made', { count, folders })}</Text>;
  return (
    <Note tone="late">
      <p>{t('look.missing.fails', { count, folders })}</p>
    </Note>
  );
}

function Note({ tone, children }: { readonly tone: 'bad' | 'late' | 'plain'; readonly children: ReactNode }) {
  const Sign = tone === 'plain' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes.note} data-tone={tone}>
      <Sign size={18} aria-hidden />
      <div>{children}</div>
    </div>
  );
}

function useFacts(look: LoadLook): readonly (readonly [name: string, value: string])[] {
  const t = useText();
  const format = useFormats();
  const days = daysByLimit(look);
  const { bytes, seconds, bytesPerSecond, loadedBefore, automaticAnswers, providerMbPerDay } = look;
  const rows: (readonly [string, string] | false)[] = [
    [t('look.answers'), t('look.answersNone', { count: automaticAnswers })],
    look.toLoad > 0 && [t('look.size'), t('look.about', { value: format.byteSize(bytes) })],
    look.toLoad > 0 && [
      t('look.time'),
      seconds === null || bytesPerSecond === null
        ? t('look.timeUnknown')
        : t('look.timeAtRate', {
            time: format.duration(Math.max(1, Math.round(seconds)) * 1000),
            rate: format.byteSize(bytesPerSecond),
          }),
    ],
    providerMbPerDay !== null && [
      t('look.limit'),
      days === null || days === 1
        ? t('look.limitFits', { limit: format.byteSize(providerMbPerDay * 1_000_000) })
        : t('look.limitDays', { limit: format.byteSize(providerMbPerDay * 1_000_000), count: days }),
    ],
    loadedBefore > 0 && [t('look.before'), t('look.beforeStay', { count: loadedBefore })],
  ];
  return rows.filter((row) => row !== false);
}
