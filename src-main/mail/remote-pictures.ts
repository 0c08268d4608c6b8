import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import ipaddr from 'ipaddr.js';
import { pictureUrl } from '../mime/picture-kind.ts';

export interface PictureFetching {
  readonly resolve: (host: string) => Promise<readonly LookupAddress[]>;
  readonly isPublic: (address: string) => boolean;
}

/** One picture; a photograph of a good camera is about as large. */
const mostBytesEach = 5 * 1024 * 1024;
const mostBytesTogether = 20 * 1024 * 1024;
const deadline = 10_000;
/** Side by side: enough for a newsletter, and no burst that a small router would notice. */
const atOnce = 6;
const mostRedirects = 3;

/**
 * Pictures from outside, fetched for the page, which has no network. A letter must not make this machine speak to its own network: only public
 * addresses are asked, and the address that was checked is the one that is used. No cookies, no referrer. What fails is left out.
 */
export async function fetchRemotePictures(
  urls: readonly string[],
  signal: AbortSignal,
  fetching: Partial<PictureFetching> = {},
): Promise<Record<string, string>> {
  const parts: PictureFetching = {
    resolve: (host) => lookup(host, { all: true }),
    isPublic: isPublicAddress,
    ...fetching,
  };
  const found: Record<string, string> = {};
  let total = 0;
  const waiting = [...new Set(urls)];
  const work = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      if (total >= mostBytesTogether || signal.aborted) return;
      // A picture that cannot be had is a picture not shown; the reader sees the gap.
      const bytes = await fetchPicture(url, signal, parts).catch(() => null);
      const picture = bytes && total + bytes.byteLength <= mostBytesTogether ? pictureUrl(bytes) : null;
      if (!bytes || !picture) continue;
      total += bytes.byteLength;
      found[url] = picture;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

async function fetchPicture(url: string, signal: AbortSignal, parts: PictureFetching): Promise<Buffer> {
  let next = url;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await ask(next, AbortSignal.any([signal, AbortSignal.timeout(deadline)]), parts);
    if (typeof answer !== 'string') return answer;
    next = new URL(answer, next).href;
  }
  throw new Error('too many redirects');
}

/** The picture's bytes, or where to look instead. */
async function ask(url: string, signal: AbortSignal, { resolve, isPublic }: PictureFetching): Promise<Buffer | string> {
  const target = new URL(url);
  if (target.protocol !== 'https:' && target.protocol !== 'http:') throw new Error('not a web address');
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const addresses = ipaddr.isValid(host)
    ? [{ address: host, family: ipaddr.parse(host).kind() === 'ipv6' ? 6 : 4 }]
    : await resolve(host);
  const [chosen] = addresses;
  if (!chosen || !addresses.every(({ address }) => isPublic(address))) throw new Error('not a public address');

  const request = target.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((done, fail) => {
    const outgoing = request(
      target,
      {
        signal,
        headers: { accept: 'image/*', 'user-agent': 'Mailroom' },
        // The name was resolved and judged above; asking again could give another answer.
        lookup: (_host, _options, answered) => answered(null, [{ address: chosen.address, family: chosen.family }]),
        agent: false,
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        if (statusCode >= 300 && statusCode < 400 && headers.location) {
          response.destroy();
          done(headers.location);
          return;
        }
        if (statusCode !== 200) {
          response.destroy();
          fail(new Error(`status ${statusCode}`));
          return;
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > mostBytesEach) response.destroy(new Error('too large'));
          else chunks.push(chunk);
        });
        response.once('end', () => done(Buffer.concat(chunks)));
        response.once('error', fail);
      },
    );
    outgoing.once('error', fail);
    outgoing.end();
  });
}
