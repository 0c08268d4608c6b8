import { describe, expect } from 'vitest';
import { bob, graphCertificates, graphTo, startDouble } from '../graph-desk.ts';
import { changesSuite } from './changes-suite.ts';
import type { DeskRoom } from './desk.ts';
import { lettersSuite } from './letters-suite.ts';
import { inStoredMailbox } from './stored-desk.ts';
import { troublesSuite } from './troubles-suite.ts';

const openRoom = async (): Promise<DeskRoom> => {
  const certificates = graphCertificates();
  return {
    async open() {
      const double = await startDouble(certificates);
      return {
        ...inStoredMailbox(double.mailbox(bob)),
        port: double.port,
        trusted: [certificates.caPem],
        signIn: ({ port = double.port, wrong } = {}) => graphTo(port, wrong ? { tokens: ['nobody'] } : {}),
        async stop() {
          await double.stop();
          expect(double.mistakes).toEqual([]);
        },
      };
    },
    close: async () => certificates[Symbol.dispose](),
  };
};

describe('Microsoft Graph', () => {
  lettersSuite(openRoom);
  changesSuite(openRoom);
  troublesSuite(openRoom);
});
