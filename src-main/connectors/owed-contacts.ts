import { z } from 'zod';
import { contactKindSchema } from '../../src-shared/domain/contact.ts';

const owedSchema = z.object({ id: z.string(), kind: contactKindSchema });
export type Owed = z.infer<typeof owedSchema>;

/** Where to go on in an address book, and who did not come although told of: the server tells of nobody twice. */
export interface Place {
  /** Null: from the start. */
  readonly state: string | null;
  readonly owed: readonly Owed[];
}

const placeSchema = z.object({ state: z.string(), owed: z.array(owedSchema) });

/** A server's own words begin with no brace: a SyncState is base64, a link an address. */
export function placeOf(text: string | null): Place {
  return text?.startsWith('{') ? placeSchema.parse(JSON.parse(text)) : { state: text, owed: [] };
}

/** In one word, as the server's alone where nobody is owed. */
export function placeWord(state: string, owed: readonly Owed[]): string {
  return owed.length === 0 ? state : JSON.stringify({ state, owed });
}

/** More are no matter of single people: the whole look has failed then. */
export const mostOwed = 1000;
