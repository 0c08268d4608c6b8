import { createTransport } from 'nodemailer';

/** Where letters are delivered: a Dovecot of startDovecot, or its LMTP port alone. */
export interface DeliveryTarget {
  readonly lmtpPort: number;
}

/** Puts a letter into the users' inboxes through LMTP, as a mail server does with incoming mail. */
export async function deliver(
  target: DeliveryTarget,
  to: string | readonly string[],
  raw: Buffer | string,
  from = 'sender@elsewhere.test',
): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: target.lmtpPort, lmtp: true, ignoreTLS: true });
  const recipients = [to].flat().map((user) => (user.includes('@') ? user : `${user}@localhost`));
  try {
    const result = await transport.sendMail({ envelope: { from, to: recipients }, raw });
    if (result.rejected.length > 0)
      throw new Error(`Dovecot refused ${result.rejected.join(', ')}: ${result.response}`);
  } finally {
    transport.close();
  }
}
