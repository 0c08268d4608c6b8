import { pictureUrl } from './picture-kind.ts';

interface InlinePicture {
  readonly contentId: string;
  readonly bytes: Uint8Array;
}

/** All pictures of one letter together: what a page can hold as text without being slowed down. */
const mostBytes = 24 * 1024 * 1024;

/** data: URLs by content id; what is no picture, or over the sum, is left out. */
export function inlinePictureUrls(pictures: readonly InlinePicture[]): Record<string, string> {
  const urls: Record<string, string> = {};
  let total = 0;
  for (const { contentId, bytes } of pictures) {
    const url = pictureUrl(bytes);
    if (!url || total + bytes.byteLength > mostBytes) continue;
    total += bytes.byteLength;
    urls[contentId] = url;
  }
  return urls;
}
