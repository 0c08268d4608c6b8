import { describe } from 'vitest';
import { signInTo } from '../sign-in.ts';
import { changesSuite } from './changes-suite.ts';
import { dovecotRoom } from './dovecot-room.ts';
import { lettersSuite } from './letters-suite.ts';
import { troublesSuite } from './troubles-suite.ts';

const openRoom = () =>
  dovecotRoom(
    (port, login) => signInTo(port, 'none', { login }),
    ({ imapPort }) => imapPort,
  );

describe('IMAP', () => {
  lettersSuite(openRoom);
  changesSuite(openRoom);
  troublesSuite(openRoom);
});
