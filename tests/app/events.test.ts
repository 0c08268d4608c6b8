import { expect, test } from 'vitest';
import { createEvents } from '../../src-main/events/events.ts';

test('a listener that fails is reported and keeps nobody from hearing', () => {
  const reported: unknown[] = [];
  const heard: boolean[] = [];
  const events = createEvents((error) => void reported.push(error));
  const fault = new Error('a fault of the listener');
  events.on('console.network', () => {
    throw fault;
  });
  events.on('console.network', ({ online }) => void heard.push(online));
  events.emit('console.network', { online: true });
  expect(heard).toEqual([true]);
  expect(reported).toEqual([fault]);
});
