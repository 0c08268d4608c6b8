import { shell } from 'electron';
import { safeExternalUrl } from './safe-external-url.ts';

export async function openExternalLink(url: string): Promise<void> {
  await shell.openExternal(safeExternalUrl(url));
}
