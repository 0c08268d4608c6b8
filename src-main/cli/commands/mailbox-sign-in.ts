import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import { type MailboxSettings, signsInAtProvider } from '../../../src-shared/domain/mailbox.ts';
import { endpointsOf } from '../../../src-shared/domain/mailbox-directions.ts';
import { isAnotherAccount } from '../../../src-shared/domain/opened-mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { findMailbox } from '../find-mailbox.ts';
import { readClientSecret, readSecret } from '../read-input.ts';
import type { Session } from '../session.ts';
import { visibleLine } from '../visible-text.ts';

export interface SecretOptions {
  readonly passwordStdin?: true;
  readonly clientSecretStdin?: true;
}

/** What was given by standard input, and the sign-in at the provider where a person is needed for it. */
export async function readSignIn(
  session: Session,
  settings: MailboxSettings,
  { passwordStdin, clientSecretStdin }: SecretOptions,
): Promise<MailboxDraft> {
  const { stdin } = session.terminal;
  const byPassword = endpointsOf(settings).some(({ signIn }) => signIn === 'password');
  const needsSecret = settings.oauth !== null && settings.oauth.proof !== 'none';
  if (byPassword && !passwordStdin) throw new AppError('input.invalid', { at: '--password-stdin' });
  if (needsSecret && !clientSecretStdin) throw new AppError('input.invalid', { at: '--client-secret-stdin' });
  const draft: MailboxDraft = {
    settings,
    password: passwordStdin ? await readSecret(stdin) : null,
    outgoingPassword: null,
    mailboxId: null,
  };
  if (!signsInAtProvider(settings)) return draft;
  const clientSecret = clientSecretStdin ? await readClientSecret(stdin) : null;
  return signedIn(session, { ...draft, providerSignIn: { signInId: null, clientSecret, secretOf: null } });
}

/** What comes by standard input for a connection beside a mailbox's own: what does not is as the mailbox has it. */
export async function typedSecrets(
  { terminal }: Session,
  from: string,
  { passwordStdin, clientSecretStdin }: SecretOptions,
): Promise<Pick<MailboxDraft, 'password' | 'outgoingPassword' | 'providerSignIn'>> {
  refuseSecondStdin([
    from === '-' && '--from -',
    passwordStdin && '--password-stdin',
    clientSecretStdin && '--client-secret-stdin',
  ]);
  const clientSecret = clientSecretStdin ? await readClientSecret(terminal.stdin) : null;
  return {
    password: passwordStdin ? await readSecret(terminal.stdin) : null,
    outgoingPassword: null,
    providerSignIn: { signInId: null, clientSecret, secretOf: null },
  };
}

/** Two things cannot come through one standard input. */
export function refuseSecondStdin(asked: readonly (string | false | undefined)[]): void {
  const through = asked.filter(Boolean);
  if (through.length > 1) throw new AppError('input.invalid', { at: through.join(', ') });
}

/** `mailbox sign-in NAME`: the address to open is printed, and the command waits. */
export async function signInMailbox(
  session: Session,
  name: string,
  { clientSecretStdin }: SecretOptions,
): Promise<void> {
  const { id: mailboxId, settings } = await findMailbox(session, name);
  if (!signsInAtProvider(settings)) throw new AppError('input.invalid', { at: visibleLine(settings.name) });
  const clientSecret = clientSecretStdin ? await readClientSecret(session.terminal.stdin) : null;
  const providerSignIn = { signInId: null, clientSecret, secretOf: null };
  const draft = await signedIn(session, {
    settings,
    password: null,
    outgoingPassword: null,
    mailboxId,
    providerSignIn,
  });
  const saved = await session.call('mailboxes.update', { draft, confirmed: false });
  session.print(saved, [session.translate('providerSignIn.saved', { name: visibleLine(settings.name) })]);
}

/** The address to open is printed, and the command waits. */
export async function signedIn(session: Session, draft: MailboxDraft): Promise<MailboxDraft> {
  const { signInId, account } = await session.call('mailboxes.signIn', { draft });
  const { settings } = draft;
  if (account !== null) session.note(session.translate('providerSignIn.doneAs', { account: visibleLine(account) }));
  if (isAnotherAccount(account, settings)) {
    const named = { account: visibleLine(account), address: visibleLine(settings.address) };
    session.note(session.translate('providerSignIn.anotherWarning', named));
  }
  return { ...draft, ...(draft.providerSignIn ? { providerSignIn: { ...draft.providerSignIn, signInId } } : {}) };
}
