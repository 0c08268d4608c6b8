import { expect, test } from 'vitest';
import { rebased } from '../../../src-renderer/mailboxes/typed-settings.ts';
import { settingsOf } from '../../support/canned-mailboxes.ts';

const before = settingsOf('support@northwind.example');
const pinned = { ...before, incoming: { ...before.incoming, pinnedCertificate: 'ab'.repeat(32) } };

test('a certificate accepted meanwhile is not given back by saving a description', () => {
  const typed = { ...before, description: 'Requests' };
  expect(rebased(typed, before, pinned)).toEqual({ ...pinned, description: 'Requests' });
});

test('of one part of the settings, what was typed and what was saved meanwhile both count', () => {
  const typed = { ...before, loading: { ...before.loading, largestMb: 50 } };
  const after = { ...before, loading: { ...before.loading, folders: 'all' as const } };
  expect(rebased(typed, before, after).loading).toEqual({ ...before.loading, largestMb: 50, folders: 'all' });
});

test('the same field changed in both places stays as it was typed', () => {
  const typed = { ...before, name: 'Support' };
  expect(rebased(typed, before, { ...before, name: 'Desk' }).name).toBe('Support');
});

test('an effect is taken as a whole: half of one and half of another would be a third', () => {
  const typed = { ...before, afterwards: { kind: 'delete' as const, afterDays: 30 } };
  const after = { ...before, afterwards: { kind: 'mark-read' as const } };
  expect(rebased(typed, before, after).afterwards).toEqual({ kind: 'delete', afterDays: 30 });
});
