import type { z } from 'zod';
import { unintelligible } from './errors.ts';
import type { Session } from './session.ts';

interface Page {
  readonly '@odata.nextLink'?: string | undefined;
}

/** Each page of a listing, as far as its links lead. */
export async function* readPages<P extends Page>(
  session: Session,
  shape: z.ZodType<P>,
  question: { readonly path: string; readonly pageSize?: number },
  signal: AbortSignal,
): AsyncGenerator<P, void, undefined> {
  let { path } = question;
  for (;;) {
    const page = await session.read(shape, { ...question, path }, signal);
    yield page;
    const link = page['@odata.nextLink'];
    if (link === undefined) return;
    const next = session.placeIn(link);
    if (next === path) throw unintelligible(session.endpoint, '@odata.nextLink');
    path = next;
  }
}
