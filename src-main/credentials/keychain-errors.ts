import { AppError } from '../../src-shared/errors/errors.ts';

type VaultCode = 'vault.locked' | 'vault.unavailable';

/**
 * What keychains say when they do not answer. libsecret passes D-Bus errors on as plain English text, so text is all there is to go by;
 * each of these was seen with gnome-keyring. On macOS and Windows a refusal has many names, and `vault.unavailable` covers them.
 */
const knownTexts: readonly (readonly [RegExp, VaultCode])[] = [
  [/locked collection/i, 'vault.locked'],
  // gnome-keyring that was never unlocked and has no screen to ask on: the login collection is not there yet.
  [/Object does not exist at path .*\/collection\//i, 'vault.locked'],
  [/isLocked|errSecInteractionNotAllowed|User interaction is not allowed/i, 'vault.locked'],
  [/prompt.*(dismissed|cancel)/i, 'vault.locked'],
  [/Cannot autolaunch D-Bus|Could not connect|was not provided by any \.service files/i, 'vault.unavailable'],
];

export function keychainError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = knownTexts.find(([pattern]) => pattern.test(text))?.[1] ?? 'vault.unavailable';
  return new AppError(code, {}, { cause: error });
}
