/** RFC 5322, 3.6.4 wants 998 characters a line; longer ones are attacks on whoever stores them. */
const MAX_LENGTH = 500;
/** A conversation of a hundred letters names its hundred ancestors; only the nearest are of use. */
const MAX_IDS = 60;

/** The ids in In-Reply-To or References, with angle brackets, in order, each once; the last ones where there are too many. */
export function messageIdsIn(value: string): string[] {
  const found = new Set<string>();
  for (const [id] of value.matchAll(/<[^<>\s]{1,498}>/g)) if (id.length <= MAX_LENGTH) found.add(id);
  return [...found].slice(-MAX_IDS);
}
