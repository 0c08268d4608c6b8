import { expect, test } from 'vitest';
import { loggableError } from '../../../../src-main/logs/loggable-error.ts';
import { readFault, writeFault } from '../../../../src-main/store/fault-line.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';

test('a fault of the store process reaches the log with its places and causes, and without foreign text', () => {
  const cause = Object.assign(new Error('canary subject\n    at canary (x:1:1)'), { code: 'SQLITE_CONSTRAINT' });
  const error = new AppError('internal.defect', {}, { cause });
  const line = writeFault('defect', { method: 'letters.store', error });
  expect(line).not.toContain('canary');
  const read = readFault(line);
  expect(read).toMatchObject({ state: 'defect', method: 'letters.store' });
  expect(loggableError(read.error)).toEqual(loggableError(error));
  expect(loggableError(read.error)).toMatchObject({
    code: 'internal.defect',
    stack: expect.arrayContaining([expect.stringContaining('fault-line.test')]),
    cause: { code: 'SQLITE_CONSTRAINT' },
  });
});

test('what the runtime writes there is not taken into the log', () => {
  expect(readFault('FATAL ERROR: canary')).toEqual({ state: 'no fault of ours' });
});
