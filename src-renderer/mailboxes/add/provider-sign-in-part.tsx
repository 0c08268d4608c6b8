import { Select, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { mailUsesOf } from '../../../src-shared/domain/mail-uses.ts';
import { type Authority, authoritySchema } from '../../../src-shared/domain/oauth.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useQuery } from '../../ipc/use-query.ts';
import { BrowserSignIn } from '../../mailbox/browser-sign-in.tsx';
import { RegistrationFields } from '../../mailbox/registration-fields.tsx';
import { RegistrationGuide } from '../../mailbox/registration-guide.tsx';
import {
  gapsOf,
  knownRegistration,
  newRegistration,
  type TypedRegistration,
  withSignedIn,
} from '../../mailbox/typed-registration.ts';
import { type Wizard, withSignIn } from './wizard.ts';
import { draftOf } from './wizard-draft.ts';

export interface ProviderSignInPartProps {
  readonly wizard: Wizard;
  readonly onChange: (next: Wizard) => void;
  /** The person wants to go on: what is missing is shown. */
  readonly tried: boolean;
}

/** The company's registration, which the second mailbox of a domain takes over from the first, and the sign-in itself. */
export function ProviderSignInPart({ wizard, onChange, tried }: ProviderSignInPartProps) {
  const t = useText();
  const { data: mailboxes } = useQuery('mailboxes.list');
  const [asked, setAsked] = useState(false);
  const usual = wizard.incoming.protocol === 'graph' ? 'microsoft' : 'other';
  const authority = wizard.registration?.oauth.authority ?? wizard.provider?.oauth ?? usual;
  const known = knownRegistration(authority, wizard.address, mailboxes ?? []);
  const typed = wizard.registration ?? known?.typed ?? newRegistration(authority);
  const change = (registration: TypedRegistration) => onChange(withSignIn(wizard, { registration }));
  const gaps = gapsOf(typed, typed.secretOf !== null);
  // What was taken over is decided as if it had been typed.
  const untouched = wizard.registration === null && known !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the other mailbox is known.
  useEffect(() => {
    if (untouched) change(typed);
  }, [untouched]);
  const ready = { ...wizard, registration: typed };
  const takenOver = known !== null && typed.secretOf !== null;
  return (
    <Stack gap="lg">
      {wizard.provider === null && (
        <Select
          label={t('providerSignIn.authority')}
          value={authority}
          onChange={(next) => next && change(startAt(next as Authority, wizard, mailboxes ?? []))}
          data={authoritySchema.options.map((one) => ({ value: one, label: t(`providerSignIn.authority.${one}`) }))}
          allowDeselect={false}
        />
      )}
      {takenOver ? (
        <Text fz={13} c="dimmed">
          {t('providerSignIn.remembered', { name: known.name })}
        </Text>
      ) : (
        <RegistrationGuide oauth={typed.oauth} uses={mailUsesOf(draftOf(ready).settings)} />
      )}
      <RegistrationFields
        value={typed}
        onChange={change}
        gaps={tried || asked ? gaps : new Set()}
        secretKept={typed.secretOf !== null}
      />
      {typed.oauth.flow === 'interactive' && (
        <BrowserSignIn
          draft={gaps.size === 0 ? draftOf(ready) : null}
          signedIn={typed.signedIn}
          onSignedIn={(done, signInAs) => change(withSignedIn(typed, done, signInAs))}
          onMissing={() => setAsked(true)}
        />
      )}
      {tried && gaps.size === 0 && typed.oauth.flow === 'interactive' && typed.signedIn === null && (
        <Text fz={12} c="var(--mr-bad)" role="alert">
          {t('providerSignIn.notYet')}
        </Text>
      )}
    </Stack>
  );
}

function startAt(authority: Authority, { address }: Wizard, mailboxes: Parameters<typeof knownRegistration>[2]) {
  return knownRegistration(authority, address, mailboxes)?.typed ?? newRegistration(authority);
}
