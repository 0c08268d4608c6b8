import type { OutgoingEndpoint } from './mailbox.ts';

const megabyte = 1024 * 1024;

/** Files of 50 MB: no server on the public network takes more. */
const largestAnywhere = 68 * megabyte;
/**
 * Graph refuses requests of more than 4 MB, and the letter goes as base64. What an upload session takes is attachments, which would be another letter than the one that was
 * written.
 */
export const largestByGraph = 3 * megabyte;

/** Bytes of the largest letter that may be handed over this way, as far as it is known before the server is asked; a smaller limit is the server's own word. */
export function largestLetter({ protocol }: Pick<OutgoingEndpoint, 'protocol'>): number {
  return protocol === 'graph' ? largestByGraph : largestAnywhere;
}

/** What files add to a letter: base64 in lines of 76 (RFC 2045, 6.8). */
export function asAttachments(bytes: number): number {
  return Math.ceil((bytes * 4 * 78) / (3 * 76));
}

/** For a sentence. */
export const inMegabytes = (bytes: number): number => Math.floor(bytes / megabyte);
