import { Tooltip, UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { useFormats } from '../ui/use-formats.ts';
import { Mark } from './mark.tsx';
import { type Place, places } from './places.ts';
import classes from './rail.module.css';
import { useFollowedPlaces } from './use-followed-places.ts';

export function Rail() {
  const t = useText();
  const [narrow, setNarrow] = useLocalStorage({ key: 'mailroom.rail-narrow', defaultValue: false });
  const counts = useRailCounts();
  const shown = places.toSpliced(3, 0, ...useFollowedPlaces());
  const Toggle = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const toggleName = narrow ? t('rail.expand') : t('rail.collapse');
  return (
    <nav className={classes.rail} data-narrow={narrow || undefined} aria-label={t('rail.label')}>
      <div className={classes.brand}>
        <Mark />
        {!narrow && <span className={classes.name}>{t('app.name')}</span>}
      </div>
      <div className={classes.places}>
        {shown.map((place) => (
          <PlaceLink key={place.path} place={place} narrow={narrow} count={counts[place.path] ?? null} />
        ))}
      </div>
      <Tooltip label={toggleName} position="right" disabled={!narrow}>
        <UnstyledButton className={classes.link} onClick={() => setNarrow(!narrow)} aria-label={toggleName}>
          <Toggle size={18} stroke={1.6} aria-hidden />
          {!narrow && <span className={classes.word}>{toggleName}</span>}
        </UnstyledButton>
      </Tooltip>
    </nav>
  );
}

interface RailCount {
  readonly count: number;
  readonly meaning: string;
  readonly urgent: boolean;
}

function useRailCounts(): Partial<Record<Place['path'], RailCount>> {
  const t = useText();
  const fresh = useQuery('tickets.counts').data?.new ?? 0;
  const stuck = useQuery('outbox.list', { states: ['failed', 'unknown'], limit: 100 }).data?.length ?? 0;
  const failed = useQuery('effects.list', { mailboxId: null, states: ['failed'], limit: 100 }).data?.length ?? 0;
  const onDesk = useQuery('quarantine.counts', { mailboxId: null }).data;
  const quarantined = Object.values(onDesk ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    ...(fresh > 0
      ? { '/tickets': { count: fresh, meaning: t('rail.newTickets', { count: fresh }), urgent: false } }
      : {}),
    ...(failed > 0
      ? { '/ledger': { count: failed, meaning: t('rail.failedEffects', { count: failed }), urgent: true } }
      : {}),
    ...(quarantined > 0
      ? { '/quarantine': { count: quarantined, meaning: t('rail.quarantined', { count: quarantined }), urgent: true } }
      : {}),
    ...(stuck > 0
      ? { '/outbox': { count: stuck, meaning: t('rail.stuckAnswers', { count: stuck }), urgent: true } }
      : {}),
  };
}

function PlaceLink(props: { readonly place: Place; readonly narrow: boolean; readonly count: RailCount | null }) {
  const { place, narrow, count } = props;
  const t = useText();
  const format = useFormats();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const here = path === place.path || (place.path !== '/' && path.startsWith(`${place.path}/`));
  const name = t(place.name);
  const Icon = place.icon;
  return (
    <Tooltip label={name} position="right" disabled={!narrow}>
      <Link
        to={place.path}
        className={classes.link}
        data-here={here || undefined}
        aria-current={here ? 'page' : undefined}
        aria-label={count ? `${name}: ${count.meaning}` : name}
        draggable={false}
      >
        <Icon size={18} stroke={here ? 2 : 1.6} aria-hidden />
        {!narrow && <span className={classes.word}>{name}</span>}
        {count && (
          <span className={classes.count} data-urgent={count.urgent || undefined} aria-hidden>
            {narrow ? '' : format.wholeNumber(count.count)}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
