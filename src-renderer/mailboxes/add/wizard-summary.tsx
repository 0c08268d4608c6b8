import { Title } from '@mantine/core';
import { useText } from '../../i18n/i18n.tsx';
import { Breakable } from '../../ui/breakable.tsx';
import { PlaintextMark } from '../../ui/plaintext-mark.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import classes from './add-mailbox.module.css';
import { serverLine } from './server-line.ts';
import { type StepName, settingsOf, type Wizard } from './wizard.ts';

const order: readonly StepName[] = [
  'address',
  'provider',
  'sign-in',
  'check',
  'folders',
  'loading',
  'afterwards',
  'confirm',
];

/** Beside each question: what has been decided by now. */
export function WizardSummary({ wizard }: { readonly wizard: Wizard }) {
  const t = useText();
  const decided = useDecisions(wizard);
  return (
    <aside className={classes.aside} aria-label={t('wizard.decided')}>
      <Title order={2}>{t('wizard.decided')}</Title>
      <dl className={classes.decisions}>
        {decided.map(([name, value]) => (
          <div key={name} className={classes.decision}>
            <dt>{name}</dt>
            <dd>
              <Breakable text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {wizard.detection && order.indexOf(wizard.step) > order.indexOf('provider') && (
        <PlaintextMark settings={settingsOf(wizard)} />
      )}
    </aside>
  );
}

function useDecisions(wizard: Wizard): readonly (readonly [string, string])[] {
  const t = useText();
  const format = useFormats();
  const past = (step: StepName) => order.indexOf(wizard.step) > order.indexOf(step);
  const time = wizard.check?.steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0) ?? 0;
  const rows: (readonly [string, string] | false)[] = [
    past('address') && [t('summary.address'), wizard.address],
    past('provider') && [t('summary.provider'), wizard.provider?.name ?? t('summary.byHand')],
    past('provider') && wizard.incoming.host !== '' && [t('summary.incoming'), serverLine(wizard.incoming, t)],
    past('provider') && [
      t('summary.outgoing'),
      wizard.outgoing ? serverLine(wizard.outgoing, t) : t('summary.noSending'),
    ],
    past('provider') && [t('summary.login'), wizard.incoming.login],
    wizard.check?.ok === true &&
      past('check') && [t('summary.check'), t('summary.checked', { time: format.duration(time) })],
    past('folders') && [
      t('summary.folders'),
      wizard.loading.folders === 'all' ? t('folders.which.all') : wizard.ticked.join(', '),
    ],
    past('loading') && [t('summary.period'), t(`period.name.${wizard.loading.firstLoadPeriod}`)],
    past('loading') && [
      t('summary.automatic'),
      t(wizard.loading.automatic ? 'summary.automaticOn' : 'summary.automaticOff'),
    ],
    past('loading') && [t('summary.tickets'), t(wizard.collectsTickets ? 'summary.ticketsOn' : 'summary.ticketsOff')],
    past('afterwards') && [t('summary.afterwards'), t(`summary.afterwards.${wizard.afterwards.kind}`)],
    past('loading') && wizard.outgoing !== null && [t('summary.sender'), `${wizard.senderName} <${wizard.address}>`],
  ];
  return rows.filter((row) => row !== false);
}
