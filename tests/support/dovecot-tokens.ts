import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignInJudge } from './sign-in-judge.ts';

/**
 * Dovecot's lines (`extraConfig`) for taking the judge's tokens, and no others, as XOAUTH2 and OAUTHBEARER: for the mailbox of the person who signed in, and for the shared one
 * that the token names besides.
 */
export function takingTokensOf(judge: SignInJudge): string {
  return trustIn(judge).config;
}

/** The same, with a way to have every token refused: `refuse(true)` holds from the server's next start. */
export function trustIn(judge: SignInJudge): { readonly config: string; readonly refuse: (all: boolean) => void } {
  const dir = mkdtempSync(join(tmpdir(), 'mailroom-tokens-'));
  // Dovecot's processes read it under another user.
  chmodSync(dir, 0o755);
  judge.writeKey(join(dir, 'keys'));
  const passdbs = ['email', 'shared_mailbox'].map((attribute) => {
    const file = join(dir, `${attribute}.conf`);
    const lines = [
      'introspection_mode = local',
      `local_validation_key_dict = fs:posix:prefix=${dir}/keys/`,
      `username_attribute = ${attribute}`,
      'username_format = %Ln',
      `issuers = ${judge.issuer}`,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return `passdb {\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = ${file}\n}`;
  });
  const config = ['auth_mechanisms = plain login xoauth2 oauthbearer', ...passdbs].join('\n');
  return { config, refuse: (all) => judge.writeKey(join(dir, 'keys'), all) };
}
