import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What was typed, on top of settings that were saved meanwhile by another part of the page (a certificate accepted, folders chosen): a field that was
 * not touched takes the new value, so that saving does not bring the old one back.
 */
export function rebased(typed: MailboxSettings, before: MailboxSettings, after: MailboxSettings): MailboxSettings {
  return merge(typed, before, after) as MailboxSettings;
}

function merge(typed: unknown, before: unknown, after: unknown): unknown {
  if (same(typed, before)) return after;
  if (same(before, after) || !(isFields(typed) && isFields(before) && isFields(after))) return typed;
  if (keysOf(typed) !== keysOf(before) || keysOf(before) !== keysOf(after)) return typed;
  return Object.fromEntries(Object.keys(typed).map((key) => [key, merge(typed[key], before[key], after[key])]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(fields: Fields): string {
  return Object.keys(fields).sort().join();
}

/** By value, whatever the order of the keys. */
export function same(one: unknown, other: unknown): boolean {
  if (!isFields(one) || !isFields(other)) return JSON.stringify(one) === JSON.stringify(other);
  return keysOf(one) === keysOf(other) && Object.keys(one).every((key) => same(one[key], other[key]));
}
