import { NumberInput, Stack, TextInput } from '@mantine/core';
import type { GivenDates, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { endpointsOf } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { Card } from '../ui/card.tsx';

export interface GivenDatesFieldsProps {
  readonly settings: MailboxSettings;
  readonly onChange: (dates: GivenDates) => void;
}

/** Ends that only a person knows, as far as the way to sign in has any. */
export function GivenDatesFields({ settings, onChange }: GivenDatesFieldsProps) {
  const t = useText();
  const { dates, oauth } = settings;
  const bySecret = oauth?.proof === 'secret';
  const byPassword = endpointsOf(settings).some(({ signIn }) => signIn === 'password');
  if (!bySecret && !byPassword) return null;
  return (
    <Card title={t('dates.given')}>
      <Stack gap="md" maw={640}>
        {bySecret && (
          <TextInput
            type="date"
            w={220}
            label={t('dates.secretEnds')}
            description={t('dates.secretEndsHint')}
            value={dates.clientSecretEnds === null ? '' : dayOf(dates.clientSecretEnds)}
            onChange={({ currentTarget }) => onChange({ ...dates, clientSecretEnds: endOf(currentTarget.value) })}
          />
        )}
        {byPassword && (
          <NumberInput
            w={320}
            label={t('dates.passwordDays')}
            description={t('dates.passwordDaysHint')}
            suffix={` ${t('dates.daysUnit')}`}
            value={dates.passwordDays ?? ''}
            onChange={(days) => onChange({ ...dates, passwordDays: typeof days === 'number' ? days : null })}
            min={1}
            max={3650}
            allowDecimal={false}
            clampBehavior="strict"
          />
        )}
      </Stack>
    </Card>
  );
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A secret that ends on a day is taken on that day still. */
function endOf(day: string): number | null {
  const at = Date.parse(`${day}T23:59:59Z`);
  return Number.isNaN(at) ? null : at;
}
