import { createCertificates, type TestCertificates } from './certificates.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { takingTokensOf } from './dovecot-tokens.ts';
import { temporaryFolder } from './open-store.ts';
import { type JudgeOptions, type SignInJudge, startSignInJudge } from './sign-in-judge.ts';

export interface JudgedDovecot {
  /** Of both servers, by an authority that nobody else trusts. */
  readonly certificates: TestCertificates;
  readonly judge: SignInJudge;
  readonly dovecot: Dovecot;
  stop(): Promise<void>;
}

/** Tokens of one hand, judged by another: oidc-provider gives them, Dovecot takes them or not; it takes passwords as well. */
export async function startJudgedDovecot(options: Omit<JudgeOptions, 'certificates'> = {}): Promise<JudgedDovecot> {
  const folder = temporaryFolder();
  const certificates = createCertificates(folder.path);
  const judge = await startSignInJudge({ ...options, certificates });
  const dovecot = await startDovecot({ extraConfig: takingTokensOf(judge), certificate: certificates.valid });
  return {
    certificates,
    judge,
    dovecot,
    async stop() {
      await dovecot.stop();
      await judge.stop();
      folder[Symbol.dispose]();
    },
  };
}
