import { IconAlertTriangle } from '@tabler/icons-react';
import type { Finding } from '../../src-shared/domain/finding.ts';
import { findingSentence } from '../../src-shared/i18n/finding-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './finding-notice.module.css';

export interface FindingNoticeProps {
  readonly finding: Finding;
  /** `late`: the step went well all the same. */
  readonly tone: 'bad' | 'late';
}

/** Why, how to mend it, and the administrator's commands to copy. */
export function FindingNotice({ finding, tone }: FindingNoticeProps) {
  const t = useText();
  const { cause, mend } = findingSentence(t, finding);
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
      <IconAlertTriangle className={classes.sign} size={18} aria-hidden />
      <div className={classes.body}>
        <p className={classes.cause}>{cause}</p>
        <p className={classes.mend}>{mend}</p>
        {finding.commands.length > 0 && (
          <div className={classes.commands}>
            <p className={classes.lead}>{t('check.commands')}</p>
            {finding.commands.map((command) => (
              <div key={command} className={classes.command}>
                <code>{command}</code>
                <CopyButton value={command} />
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
