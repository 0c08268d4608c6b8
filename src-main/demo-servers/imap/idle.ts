import type { Plugin } from 'hoodiecrow-imap';

/**
 * IDLE (RFC 2177). The library's own keeps a timer of half an hour that outlives its connection, and with it the process; on loopback nobody
 * needs to be thrown out.
 */
export const idle: Plugin = (server) => {
  server.registerCapability('IDLE');
  server.setCommandHandler('IDLE', (connection, parsed, data, done) => {
    const answer = (command: 'OK' | 'BAD', value: string) =>
      connection.send({ tag: parsed.tag, command, attributes: [{ type: 'TEXT', value }] }, 'IDLE', parsed, data);
    if (connection.state !== 'Selected' || parsed.attributes) {
      answer('BAD', 'IDLE takes no arguments and wants a folder');
      return done();
    }
    connection.directNotifications = true;
    connection.inputHandler = (line) => {
      connection.inputHandler = false;
      connection.directNotifications = false;
      if (line.toUpperCase() === 'DONE') answer('OK', 'IDLE ended');
      else answer('BAD', 'DONE expected');
    };
    connection.socket?.write('+ idling\r\n');
    connection.processNotifications();
    done();
  });
};
