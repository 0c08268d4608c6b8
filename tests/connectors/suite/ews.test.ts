import { describe, expect } from 'vitest';
import { bob, ewsTo, startDouble } from '../exchange-desk.ts';
import { changesSuite } from './changes-suite.ts';
import type { DeskRoom } from './desk.ts';
import { lettersSuite } from './letters-suite.ts';
import { inStoredMailbox } from './stored-desk.ts';
import { troublesSuite } from './troubles-suite.ts';

const openRoom = async (): Promise<DeskRoom> => ({
  async open() {
    const double = await startDouble();
    return {
      ...inStoredMailbox(double.mailbox(bob.address)),
      port: double.port,
      trusted: [],
      signIn: ({ port = double.port, wrong } = {}) => ({
        ...ewsTo(port),
        ...(wrong && { password: 'not the one' }),
      }),
      async stop() {
        await double.stop();
        expect(double.schemaFaults).toEqual([]);
      },
    };
  },
  close: async () => {},
});

describe('Exchange Web Services', () => {
  lettersSuite(openRoom);
  changesSuite(openRoom);
  troublesSuite(openRoom);
});
