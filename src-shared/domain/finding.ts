import { z } from 'zod';

/** Everything that the connection doctor knows by name. Sentences: `finding.<code>` (the cause) and `finding.<code>.do` (the mend). */
export const findingCodes = [
  // Name and line.
  'dns-unknown',
  'dns-silent',
  'offline',
  'port-refused',
  'port-silent',
  'port-25-blocked',
  'ipv6-broken',
  'greeting-missing',
  'line-cut',
  // What stands at the port.
  'plain-on-tls-port',
  'tls-on-plain-port',
  'other-protocol',
  'web-page',
  // Encryption and certificates.
  'tls-too-old',
  'tls-refused',
  'starttls-not-offered',
  'starttls-stripped',
  'certificate-expired',
  'certificate-other-name',
  'certificate-self-signed',
  'certificate-own-authority',
  'certificate-changed',
  'chain-incomplete',
  'tls-inspected',
  'clock-behind',
  'clock-ahead',
  // Sign-in.
  'app-password-needed',
  'imap-off',
  'pop3-off',
  'browser-sign-in',
  'account-locked',
  'too-many-connections',
  'over-quota',
  'login-part',
  'not-encrypted',
  'no-mechanism',
  'sign-in-not-offered',
  'wrong-password',
  'token-refused',
  'sign-in-clock-ahead',
  'sign-in-clock-behind',
  'sign-in-unreachable',
  'sign-in-not-understood',
  'server-busy',
  // Microsoft.
  'microsoft-not-connected',
  'microsoft-password-retired',
  'microsoft-smtp-off',
  'microsoft-smtp-off-tenant',
  'microsoft-smtp-retired',
  'microsoft-smtp-refused',
  'microsoft-token-refused',
  'exchange-acts-for-nobody',
  'exchange-no-mailbox',
  'graph-no-access',
  'graph-no-mailbox',
  'microsoft-policy',
  'entra-wrong-password',
  'entra-second-factor',
  'entra-locked',
  'entra-disabled',
  'entra-password-expired',
  'entra-unknown-user',
  'entra-unknown-application',
  'entra-wrong-secret',
  'entra-secret-expired',
  'entra-consent',
  'entra-token-ended',
  'entra-other',
  // Folders and letters.
  'folders-none',
  'folders-behind-prefix',
  'no-inbox',
  'letter-refused',
  'flag-not-kept',
  'letter-late',
] as const;

export const findingCodeSchema = z.enum(findingCodes);
export type FindingCode = z.infer<typeof findingCodeSchema>;

export const findingSchema = z
  .object({
    code: findingCodeSchema,
    /** Values of its sentences; never a secret. */
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    /** Lines of a shell that an administrator may copy, with the mailbox's own names in them. */
    commands: z.array(z.string()).readonly(),
  })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;
