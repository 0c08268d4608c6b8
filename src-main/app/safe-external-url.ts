import { AppError } from '../../src-shared/errors/errors.ts';

const allowed = new Set(['https:', 'http:', 'mailto:']);

/** An allowlist, not a denylist: smb:, file: and the handlers of other programs have each been somebody's hole. Throws `link.refused`. */
export function safeExternalUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !allowed.has(parsed.protocol)) throw new AppError('link.refused', { scheme: parsed?.protocol ?? '' });
  return parsed.href;
}
