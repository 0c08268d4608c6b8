import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { describe } from 'vitest';
import { type Dovecot, startDovecot } from '../../support/dovecot.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import { signInTo } from '../sign-in.ts';
import { type SendingDesk, type SendingRoom, type SendingTrouble, sendingSuite } from './sending-suite.ts';

/** Dovecot's submission, which passes on to a relay; what went wrong beside it is the relay's own. */
async function openRoom(): Promise<SendingRoom> {
  const dovecot = await startDovecot({ submitted: 'keep' });
  return { open: async () => deskAt(dovecot), close: () => dovecot.stop() };
}

function deskAt(dovecot: Dovecot): SendingDesk {
  const before = dovecot.relay.received.length;
  const ends: (() => Promise<void>)[] = [];
  return {
    port: dovecot.submissionPort,
    trusted: [dovecot.caPem],
    signIn: ({ port = dovecot.submissionPort, wrong } = {}) => ({
      ...signInTo(port, 'none'),
      ...(wrong && { password: 'not the one' }),
    }),
    arrived: (address) =>
      dovecot.relay.received
        .slice(before)
        .filter(({ to }) => to.includes(address))
        .map(({ raw }) => withoutTrace(raw)),
    async troubled(trouble) {
      const { port, stop } = await troubledServer(trouble, dovecot);
      ends.push(stop);
      return signInTo(port, 'none', trouble.kind === 'answer-lost' ? {} : { signIn: 'none', login: '' });
    },
    async stop() {
      for (const end of ends) await end();
    },
  };
}

/** The line that Dovecot puts first (RFC 5321, 4.4). */
function withoutTrace(raw: Buffer): Buffer {
  const [trace = ''] = /^Received: .*\r\n(?:[ \t].*\r\n)*/.exec(raw.toString('latin1')) ?? [];
  return raw.subarray(trace.length);
}

async function troubledServer(trouble: SendingTrouble, { submissionPort }: Dovecot) {
  // Five bytes of whatever comes after the closing dot.
  if (trouble.kind === 'answer-lost')
    return startFaultProxy(submissionPort, { kind: 'cut', afterBytes: 5, sinceSaid: /\r\n\.\r\n$/ });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    ...(trouble.kind === 'too-large' && { size: trouble.most }),
    onMailFrom(_address, _session, done) {
      if (trouble.kind === 'too-large') return done();
      const words = `4.7.1 Too many letters, try again in ${trouble.seconds} seconds`;
      done(Object.assign(new Error(words), { responseCode: 451 }));
    },
    onData(stream, _session, done) {
      void buffer(stream).then(() => done());
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => new Promise<void>((resolve) => server.close(resolve)) };
}

describe('SMTP', () => sendingSuite(openRoom));
