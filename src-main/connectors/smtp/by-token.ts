import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** A name that no server offers: under its own the library takes whatever else there is, and sends the token as a password. */
export const tokenMethod = 'ACCESS-TOKEN';
const mechanism = 'XOAUTH2';
/** RFC 5321, 4.5.3.1.4, with CR and LF; a longer first answer is kept until it is asked for (RFC 4954, 4). */
const longestCommand = 510;

/** nodemailer's own XOAUTH2 sends a refused token a second time on the same line; here a refusal is one at once. The token stands where a password would. */
export const tokenHandlers: SMTPConnection.CustomAuthenticationHandlers = { [tokenMethod]: signInByToken };

async function signInByToken({
  auth,
  authMethods,
  sendCommand,
}: SMTPConnection.CustomAuthenticationContext): Promise<boolean> {
  // The library writes its own code over that of any error; without an answer of the server it means that the server cannot (`errors.ts`).
  if (!authMethods.includes(mechanism)) {
    throw Object.assign(new Error('the mechanism is not offered'), { response: `AUTH ${mechanism}` });
  }
  const { user, pass } = auth.credentials;
  const said = Buffer.from(`user=${user}\x01auth=Bearer ${pass}\x01\x01`).toString('base64');
  const atOnce = `AUTH ${mechanism} ${said}`;
  const brief = atOnce.length <= longestCommand;
  const opening = await sendCommand(brief ? atOnce : `AUTH ${mechanism}`);
  const answer = brief || opening.status !== 334 ? opening : await sendCommand(said);
  // 334 brings the reasons as JSON; an empty line asks for the refusal itself.
  const last = answer.status === 334 ? await sendCommand('') : answer;
  if (last.status !== 235) throw new Error('the server refused the token');
  return true;
}
