import { Title } from '@mantine/core';
import { useText } from '../../i18n/i18n.tsx';
import { Breakable } from '../../ui/breakable.tsx';
import { PlaintextMark } from '../../ui/plaintext-mark.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import classes from './add-mailbox.module.css';
import { serverLine } from './server-line.ts';
import { mainServer, type StepName, useOf, type Wizard } from './wizard.ts';
import { settingsOf } from './wizard-draft.ts';

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
  const use = useOf(wizard);
  const loads = use !== 'sends';
  const past = (step: StepName) => order.indexOf(wizard.step) > order.indexOf(step);
  const time = wizard.check?.steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0) ?? 0;
  const rows: (readonly [string, string] | false)[] = [
    past('address') && [t('summary.address'), wizard.address],
    past('provider') && [t('summary.provider'), wizard.provider?.name ?? t('summary.byHand')],
    past('address') && use !== 'both' && [t('use.label'), t(`use.${use}`)],
    past('provider') &&
      use !== 'sends' &&
      wizard.incoming.host !== '' && [t('summary.incoming'), serverLine(wizard.incoming, t)],
    past('provider') && [
      t('summary.outgoing'),
      wizard.outgoing && use !== 'receives' ? serverLine(wizard.outgoing, t) : t('summary.noSending'),
    ],
    past('provider') && mainServer(wizard)?.signIn !== 'none' && [t('summary.login'), mainServer(wizard)?.login ?? ''],
    wizard.check?.ok === true &&
      past('check') && [t('summary.check'), t('summary.checked', { time: format.duration(time) })],
    past('folders') &&
      loads && [
        t('summary.folders'),
        wizard.loading.folders === 'all' ? t('folders.which.all') : wizard.ticked.join(', '),
      ],
    past('loading') && loads && [t('summary.period'), t(`period.name.${wizard.loading.firstLoadPeriod}`)],
    past('loading') &&
      loads && [t('summary.automatic'), t(wizard.loading.automatic ? 'summary.automaticOn' : 'summary.automaticOff')],
    past('loading') &&
      loads && [t('summary.tickets'), t(wizard.collectsTickets ? 'summary.ticketsOn' : 'summary.ticketsOff')],
    past('afterwards') && loads && [t('summary.afterwards'), t(`summary.afterwards.${wizard.afterwards.kind}`)],
    past('loading') &&
      wizard.outgoing !== null &&
      use !== 'receives' && [t('summary.sender'), `${wizard.senderName} <${wizard.address}>`],
  ];
  return rows.filter((row) => row !== false);
}
