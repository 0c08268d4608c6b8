import type { WebContents, WebFrameMain } from 'electron';
import { appOrigin } from '../app/app-origin.ts';

const trusted = new WeakSet<WebContents>();

/** A window that the program itself made. */
export function trustWindow(contents: WebContents): void {
  trusted.add(contents);
}

/**
 * Only the main frame of a window of ours that still shows our own page may speak. The frame is null once it has navigated away
 * (Electron, security checklist 17); a frame inside the page is foreign mail.
 */
export function maySpeak(contents: WebContents, frame: WebFrameMain | null): boolean {
  if (!trusted.has(contents) || contents.isDestroyed() || !frame) return false;
  return frame === contents.mainFrame && frame.origin === appOrigin;
}
