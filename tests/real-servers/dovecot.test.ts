import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, type DovecotOptions, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';

const letter = (subject: string): string =>
  `From: clerk@elsewhere.test\r\nTo: bob@localhost\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@elsewhere.test>\r\n\r\nGrüße\r\n`;

async function inbox<T>(
  dovecot: Dovecot,
  user: string,
  look: (client: ImapFlow) => Promise<T>,
  options: Partial<ImapFlowOptions> = {},
): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.imapsPort,
    secure: true,
    logger: false,
    tls: { ca: dovecot.caPem, servername: 'localhost' },
    auth: { user, pass: dovecot.password },
    ...options,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.mailboxOpen('INBOX');
    return await look(client);
  } finally {
    client.close();
  }
}

const subjects = (dovecot: Dovecot, user: string): Promise<(string | undefined)[]> =>
  inbox(dovecot, user, async (client) => {
    const found = await client.fetchAll('1:*', { envelope: true });
    return found.map((message) => message.envelope?.subject);
  });

describe('a private Dovecot', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot.stop());

  test('a letter delivered by LMTP is seen over IMAP, byte for byte', async () => {
    await deliver(dovecot, 'bob', letter('delivered'));
    const [found] = await inbox(dovecot, 'bob', (client) => client.fetchAll('1', { source: true }));
    expect(found?.source?.toString()).toContain(letter('delivered'));
  });

  test('a letter submitted arrives in the other mailbox', async () => {
    const transport = createTransport({
      host: 'localhost',
      port: dovecot.submissionPort,
      requireTLS: true,
      tls: { ca: dovecot.caPem },
      auth: { user: 'bob', pass: dovecot.password },
    });
    await transport.sendMail({ from: 'bob@localhost', to: 'carol@localhost', subject: 'answered', text: 'Done.' });
    transport.close();
    expect(await subjects(dovecot, 'carol')).toEqual(['answered']);
    expect((await dovecot.relay.next((one) => one.to.includes('carol@localhost'))).from).toBe('bob@localhost');
  });

  test('letters written as files keep their order, time and flags', async () => {
    const receivedAt = new Date('2026-03-01T10:00:00Z');
    const letters = Array.from({ length: 300 }, (_, at) => ({ raw: letter(`n${at}`), receivedAt, flags: 'S' }));
    fillMaildir(dovecot, 'dave', 'INBOX', letters);
    const found = await inbox(dovecot, 'dave', (client) =>
      client.fetchAll('1:*', { envelope: true, internalDate: true, flags: true }),
    );
    expect(found.map((message) => message.envelope?.subject)).toEqual(letters.map((_, at) => `n${at}`));
    expect(new Date(found[7]?.internalDate ?? 0)).toEqual(receivedAt);
    expect(found[7]?.flags?.has('\\Seen')).toBe(true);
  });

  test('letters written into a folder with a Cyrillic name are found under that name', async () => {
    fillMaildir(dovecot, 'dave', 'Заявки/Цех 2', [{ raw: letter('in-folder') }]);
    const count = await inbox(dovecot, 'dave', (client) => client.status('Заявки/Цех 2', { messages: true }));
    expect(count).toMatchObject({ messages: 1 });
  });

  test('mail and ports outlive a restart', async () => {
    await deliver(dovecot, 'erin', letter('before'));
    await dovecot.restart();
    expect(await subjects(dovecot, 'erin')).toEqual(['before']);
  });

  test('several run at once', async () => {
    const other = await startDovecot();
    try {
      await deliver(other, 'bob', letter('elsewhere'));
      expect(await subjects(other, 'bob')).toEqual(['elsewhere']);
    } finally {
      await other.stop();
    }
  });
});

describe('what a client is told', () => {
  async function failureOf(options: DovecotOptions, client: Partial<ImapFlowOptions> = {}): Promise<unknown> {
    const dovecot = await startDovecot(options);
    try {
      const port = client.secure === false ? dovecot.imapPort : dovecot.imapsPort;
      return await inbox(dovecot, 'bob', async () => 'opened', { port, ...client }).catch((error: unknown) => error);
    } finally {
      await dovecot.stop();
    }
  }

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['otherName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('a certificate that is %s is refused as %s', async (certificate, code) => {
    expect(await failureOf({ certificate })).toMatchObject({ code });
  });

  test('without TLS there is no STARTTLS to be had, only a plain line', async () => {
    expect(await failureOf({ tls: 'no' }, { secure: false, doSTARTTLS: true })).toBeInstanceOf(Error);
    expect(await failureOf({ tls: 'no' }, { secure: false, doSTARTTLS: false })).toBe('opened');
  });

  test('a setting that Dovecot does not know is reported with its name', async () => {
    await expect(startDovecot({ extraConfig: 'no_such_setting = 1' })).rejects.toThrow(/no_such_setting/);
  });
});
