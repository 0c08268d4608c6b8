import { expect, test } from 'vitest';
import { createRegister } from './register.ts';

const at = { user: 'one', folder: 'INBOX', serial: 7 };

test('a letter that is not found again after a renumbering has no number, and none that comes later is taken for it', () => {
  const register = createRegister();
  register.expect(1, at);
  register.arrived(at.user, at.folder, { uid: 5, serial: 7 });
  register.renumbered(at.user, at.folder);
  register.settled(at.user, at.folder);
  register.expect(2, at);
  register.arrived(at.user, at.folder, { uid: 6, serial: 7 });
  expect([register.uidOf(1), register.uidOf(2)]).toEqual([null, 6]);
});
