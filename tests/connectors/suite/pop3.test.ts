import { describe } from 'vitest';
import { pop3To } from '../sign-in.ts';
import { changesSuite } from './changes-suite.ts';
import type { DeskRoom } from './desk.ts';
import { dovecotRoom, withLineEnds } from './dovecot-room.ts';
import { lettersSuite } from './letters-suite.ts';
import { troublesSuite } from './troubles-suite.ts';

const openRoom = async (): Promise<DeskRoom> => ({
  ...(await dovecotRoom(
    (port, login) => pop3To(port, 'none', { login }),
    ({ pop3Port }) => pop3Port,
  )),
  inboxAlone: true,
  /** The last line of a text has its end (RFC 1939, 3). */
  asServed: (raw) => {
    const lines = withLineEnds(raw);
    return lines.subarray(-2).toString() === '\r\n' ? lines : Buffer.concat([lines, Buffer.from('\r\n')]);
  },
});

describe('POP3', () => {
  lettersSuite(openRoom);
  changesSuite(openRoom, { inboxAlone: true });
  troublesSuite(openRoom);
});
