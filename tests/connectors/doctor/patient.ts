import type { CheckWishes, SignIn } from '../../../src-main/connectors/connectors.ts';
import type { FindingCode } from '../../../src-shared/domain/finding.ts';
import type { CertificateFiles } from '../../support/certificates.ts';
import type { Dovecot } from '../../support/dovecot.ts';
import { type ScriptedLine, startScriptedServer } from '../../support/scripted-server.ts';
import { type Reply, startImap } from '../scripted-imap.ts';
import { signInTo } from '../sign-in.ts';

/** What the faults are made of. */
export interface Ward {
  readonly dovecot: Dovecot;
  readonly certificates: Readonly<
    Record<
      'notYet' | 'ended' | 'inspected' | 'unchained' | 'foreign' | 'selfSigned' | 'otherName' | 'expired',
      CertificateFiles
    >
  >;
  readonly closedPort: number;
}

/** A connection that is ill in one way. */
export interface Patient {
  readonly incoming: SignIn | null;
  readonly outgoing?: SignIn | null;
  readonly wishes?: CheckWishes;
  /** Milliseconds for an answer, where a real server takes its time on purpose. */
  readonly patience?: number;
  stop?(): Promise<unknown>;
}

export interface Fault {
  readonly what: string;
  readonly finding: FindingCode;
  arrange(ward: Ward): Promise<Patient>;
}

export const fault = (what: string, finding: FindingCode, arrange: Fault['arrange']): Fault => ({
  what,
  finding,
  arrange,
});

export const provider = (name: string, appPasswordUrl: string | null = null) => ({
  name,
  appPasswordUrl,
  login: 'address' as const,
});

export async function scripted(
  script: (line: ScriptedLine) => Promise<void>,
  to: (port: number) => Omit<Patient, 'stop'>,
): Promise<Patient> {
  const server = await startScriptedServer(script);
  return { ...to(server.port), stop: server.stop };
}

/** IMAP that signs in with this answer. */
export function imapRefusing(end: string, wishes: CheckWishes = {}, offer = 'IMAP4rev1'): () => Promise<Patient> {
  return () => imapSaying([{ to: /^(LOGIN|AUTHENTICATE)/, end }], wishes, offer);
}

export async function imapSaying(
  replies: readonly Reply[],
  wishes: CheckWishes = {},
  offer = 'IMAP4rev1',
): Promise<Patient> {
  const server = await startImap(offer, replies);
  return { incoming: signInTo(server.port), wishes, stop: () => server.stop() };
}

/** SMTP that refuses a sign-in with this answer. */
export function smtpRefusing(answer: string): () => Promise<Patient> {
  return () =>
    scripted(
      async (line) => {
        await line.send('220 ready\r\n');
        await line.expect(/^EHLO/);
        await line.send('250-here\r\n250 AUTH PLAIN\r\n');
        await line.expect(/^AUTH/);
        await line.send(`${answer}\r\n`);
        await line.stall();
      },
      (port) => ({ incoming: null, outgoing: signInTo(port), wishes: { address: "o'neil@contoso.example" } }),
    );
}
