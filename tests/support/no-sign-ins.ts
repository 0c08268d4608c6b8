import { createSignIns, type SignIns } from '../../src-main/sign-in/sign-in.ts';

/** For mailboxes with passwords: whoever asks a provider after all fails the test. */
export function noSignIns(): SignIns {
  return createSignIns({
    ask: async ({ url }) => {
      throw new Error(`nobody signs in here, but ${url} was asked`);
    },
    openAddress: async (url) => {
      throw new Error(`nobody signs in here, but ${url} was opened`);
    },
    browserWords: () => ({ language: 'en', arrived: '', refused: '' }),
  });
}
