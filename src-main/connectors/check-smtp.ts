import type { ReachToSend } from './reach.ts';
import { openSmtp, signInTo } from './smtp/session.ts';

export const reachSmtp: ReachToSend = async (signIn, { watch, greeted, trust, times }, signal) => {
  const session = await openSmtp(signIn.endpoint, { trust, times, watch: { ...watch, greeted } }, signal);
  try {
    await signInTo(session, signIn, signal);
    return 'AUTH';
  } finally {
    await session.close();
  }
};
