import { Button, Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconChevronRight,
  IconCloudDownload,
  IconRefresh,
  IconTicket,
  IconUserCheck,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { useText } from '../i18n/i18n.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import type { DeskActions, DeskVerb } from './use-desk-actions.tsx';
import type { DeskItem } from './use-desk-list.ts';
import { signOfWhy } from './why-badge.tsx';
import classes from './why-card.module.css';

export interface WhyCardProps {
  readonly item: DeskItem;
  readonly actions: DeskActions;
}

/** Why the letter is here, what that means, what can be done about it. */
export function WhyCard({ item, actions }: WhyCardProps) {
  const t = useText();
  const format = useFormats();
  const { why, letter, at, note } = item;
  const words = {
    address: letter.from?.address || t('quarantine.nobody'),
    size: format.byteSize(letter.size),
  };
  const Sign = signOfWhy(why);
  return (
    <section className={classes.card} data-why={why} aria-labelledby="why-here">
      <Sign size={20} stroke={1.8} className={classes.sign} aria-hidden />
      <div className={classes.words}>
        <h2 id="why-here" className={classes.title}>
          {t(`quarantine.${why}.title`, words)}
        </h2>
        <p className={classes.text}>
          {t(`quarantine.${why}.means`, words)} {t(`quarantine.${why}.do`, words)}
        </p>
        <div className={classes.foot}>
          <span>{t('quarantine.since', { date: format.longDate(at) })}</span>
          {note !== '' && <Note key={item.id} note={note} />}
        </div>
        <VerbButtons item={item} actions={actions} />
        {actions.error && (
          <div className={classes.error}>
            <ErrorNotice error={actions.error} />
          </div>
        )}
      </div>
    </section>
  );
}

function Note({ note }: { readonly note: string }) {
  const t = useText();
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={open}>
        <IconChevronRight size={13} aria-hidden data-open={open || undefined} className={classes.chevron} />
        {t('quarantine.note')}
      </UnstyledButton>
      <Collapse expanded={open}>
        <pre className={classes.note}>{note}</pre>
      </Collapse>
    </div>
  );
}

const signs: Readonly<Record<DeskVerb, TablerIcon>> = {
  ticket: IconTicket,
  allow: IconUserCheck,
  retry: IconRefresh,
  dismiss: IconX,
  fetch: IconCloudDownload,
};

function VerbButtons({ item, actions }: WhyCardProps) {
  const t = useText();
  const format = useFormats();
  const { verbs, does, pending, cancelFetch } = actions;
  // Where the letter may be a fraud, nothing is urged.
  const first = item.why === 'suspected-sender' && !item.dismissed ? null : verbs[0];
  return (
    <fieldset className={classes.verbs} aria-label={t('quarantine.actions')}>
      {verbs.map((verb) => {
        const Sign = verb === 'dismiss' && item.dismissed ? IconArrowBackUp : signs[verb];
        const cancels = verb === 'fetch' && pending === 'fetch';
        return (
          <Button
            key={verb}
            size="xs"
            variant={verb === first && !cancels ? 'filled' : 'default'}
            leftSection={<Sign size={14} aria-hidden />}
            loading={pending === verb && !cancels}
            onClick={cancels ? cancelFetch : () => does(verb)}
          >
            {cancels ? t('action.cancel') : verbWord(verb, item, t, format.byteSize(item.letter.size))}
          </Button>
        );
      })}
    </fieldset>
  );
}

function verbWord(verb: DeskVerb, { why, dismissed }: DeskItem, t: Translate, size: string): string {
  switch (verb) {
    case 'ticket':
      return t('quarantine.makeTicket');
    case 'allow':
      return why === 'suspected-sender' ? t('quarantine.trust') : t('quarantine.allow');
    case 'retry':
      return t('quarantine.retry');
    case 'dismiss':
      return t(dismissed ? 'quarantine.putBack' : 'quarantine.dismiss');
    case 'fetch':
      return t('quarantine.fetchAnyway', { size });
  }
}
