import { describe, expect } from 'vitest';
import type { DoubleFault } from '../../support/exchange/exchange-double.ts';
import { bob, ewsTo, startDouble } from '../exchange-desk.ts';
import { type SendingRoom, type SendingTrouble, sendingSuite } from './sending-suite.ts';

const faultOf = (trouble: SendingTrouble, body: string): DoubleFault | null => {
  if (trouble.kind === 'answer-lost') return { kind: 'drop-after' };
  if (trouble.kind === 'asks-to-wait')
    return { kind: 'response', code: 'ErrorServerBusy', backOff: trouble.seconds * 1000 };
  return body.length > trouble.most ? { kind: 'response', code: 'ErrorMessageSizeExceeded' } : null;
};

const openRoom = async (): Promise<SendingRoom> => ({
  async open() {
    const double = await startDouble();
    return {
      port: double.port,
      trusted: [],
      signIn: ({ port = double.port, wrong } = {}) => ({ ...ewsTo(port), ...(wrong && { password: 'not the one' }) }),
      arrived: (address) => [...double.folder(address).items.values()].map(({ raw }) => raw),
      async troubled(trouble) {
        double.faults = (operation, body) => (operation === 'CreateItem' ? faultOf(trouble, body) : null);
        return ewsTo(double.port);
      },
      async stop() {
        expect([...double.folder(bob.address, 'sentitems').items.values()].length).toBeLessThanOrEqual(1);
        await double.stop();
        expect(double.schemaFaults).toEqual([]);
      },
    };
  },
  close: async () => {},
});

describe('Exchange Web Services', () => sendingSuite(openRoom));
