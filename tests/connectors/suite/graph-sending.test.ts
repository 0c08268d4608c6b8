import { describe, expect } from 'vitest';
import type { GraphFault } from '../../support/graph/graph-double.ts';
import { bob, graphCertificates, graphTo, startDouble } from '../graph-desk.ts';
import { type SendingRoom, type SendingTrouble, sendingSuite } from './sending-suite.ts';

const faultOf = (trouble: SendingTrouble): GraphFault => {
  if (trouble.kind === 'answer-lost') return { kind: 'drop-after' };
  if (trouble.kind === 'too-large') return { kind: 'http', status: 413, code: 'ErrorMessageSizeExceeded' };
  return {
    kind: 'http',
    status: 429,
    code: 'ApplicationThrottled',
    headers: { 'Retry-After': String(trouble.seconds) },
  };
};

const openRoom = async (): Promise<SendingRoom> => {
  const certificates = graphCertificates();
  return {
    async open() {
      const double = await startDouble(certificates);
      return {
        port: double.port,
        trusted: [certificates.caPem],
        signIn: ({ port = double.port, wrong } = {}) => graphTo(port, wrong ? { tokens: ['nobody'] } : {}),
        arrived: (address) => [...double.folder(address).items.values()].map(({ raw }) => raw),
        async troubled(trouble) {
          double.faults = (name) => (name === 'send' ? faultOf(trouble) : null);
          return graphTo(double.port);
        },
        async stop() {
          expect([...double.folder(bob, 'sentitems').items.values()].length).toBeLessThanOrEqual(1);
          await double.stop();
          expect(double.mistakes).toEqual([]);
        },
      };
    },
    close: async () => certificates[Symbol.dispose](),
  };
};

describe('Microsoft Graph', () => sendingSuite(openRoom));
