import { expect, test } from 'vitest';
import { timeAgo } from '../../../src-renderer/ui/dates.ts';
import { byteSize } from '../../../src-renderer/ui/quantities.ts';

const now = Date.UTC(2026, 9, 12, 9);

test('what comes within a minute does not read as now', () => {
  expect(timeAgo(now + 30_000, 'en', now)).toBe('in 1 minute');
  expect(timeAgo(now + 90_000, 'en', now)).toBe('in 2 minutes');
  expect(timeAgo(now + 30_000, 'ru', now)).toBe('через 1 минуту');
});

test('what has just been is now', () => {
  expect(timeAgo(now - 30_000, 'en', now)).toBe('now');
  expect(timeAgo(now - 90_000, 'en', now)).toBe('1 minute ago');
});

test('single bytes are many', () => {
  expect(byteSize(781, 'en')).toBe('781 bytes');
  expect(byteSize(781, 'ru')).toBe('781 байт');
  expect(byteSize(1400, 'en')).toBe('1.4 kB');
});
