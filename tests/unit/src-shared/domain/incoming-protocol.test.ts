import { expect, test } from 'vitest';
import { mailboxSettingsSchema, touchesMore } from '../../../../src-shared/domain/mailbox.ts';
import { oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';
import { settingsFor } from '../../../sync/open-console.ts';

const settings = settingsFor({ user: 'bob', port: 110, afterwards: { kind: 'delete', afterDays: 0 } });

test('settings of before there was a choice are of IMAP, and the server to send over has no such choice', () => {
  const { protocol: _, ...before } = settings.incoming;
  const outgoing = { ...before, port: 465 };
  const parsed = mailboxSettingsSchema.parse({ ...settings, incoming: before, outgoing });
  expect(parsed.incoming).toEqual({ ...before, protocol: 'imap' });
  expect(parsed.outgoing).toEqual(outgoing);
});

test('a protocol that is not known is refused', () => {
  const incoming = { ...settings.incoming, protocol: 'pop2' };
  expect(mailboxSettingsSchema.safeParse({ ...settings, incoming }).success).toBe(false);
});

test('deleting over another protocol is to be confirmed anew: it may reach other letters', () => {
  const changed = { ...settings, incoming: { ...settings.incoming, protocol: 'pop3' as const } };
  expect([touchesMore(settings, changed), touchesMore(settings, settings)]).toEqual([true, false]);
});

test('whoever signs in for a mailbox opens other letters than before, and touching them is confirmed anew', () => {
  const oauth = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'c' });
  const plain = settingsFor({ user: 'support', port: 443, afterwards: { kind: 'mark-read' } });
  const incoming = { ...plain.incoming, protocol: 'graph', signIn: 'oauth2' } as const;
  const own = { ...plain, oauth, incoming };
  expect(touchesMore(own, { ...own, oauth: { ...oauth, signInAs: 'anna@company.example' } })).toBe(true);
  expect(touchesMore(own, { ...own, oauth: { ...oauth, signInAs: plain.address } })).toBe(false);
});
