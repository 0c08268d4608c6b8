import { expect, test } from 'vitest';
import { waitAskedFor } from '../../../../src-main/connectors/retry-after.ts';

test.each([
  ['Try again in 5 minutes', 300],
  ['Too many connections (10 in 1 minute), please wait 30 seconds before trying again', 30],
  ['Request is throttled. Suggested Backoff Time: 92415 milliseconds', 93],
  ['Retry after 300 seconds', 300],
  ['Retry-After: 120', 120],
  ['4.7.0 Come back in 2h', 7200],
  ['Rate limit, retry in 250ms', 1],
  ['Try again in 999999999 hours', 86_400],
])('%s', (words, seconds) => {
  expect(waitAskedFor(words)).toEqual({ retryAfter: seconds });
});

test.each([
  'Try again later',
  'Too many connections: 10 in 1 minute',
  '4.7.0 Try again later, 421 server is busy',
  'Wait. 15 minutes of mail were refused',
  '–',
])('no time is named: %s', (words) => {
  expect(waitAskedFor(words)).toEqual({});
});
