import type { Instant } from '../../src-shared/domain/time.ts';

/** Local time without seconds, the same width and order everywhere: 2026-10-14 09:30. */
export function shortDate(at: Instant): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
