/** Dovecot takes lines of 64 KB, RFC 7162 (section 4) asks for 8192 bytes; the command around the set needs some of it. */
const longestSet = 7_000;

/**
 * UIDs as sequence sets of a bounded length ("1:4,7"), rising and without repeats, so that 20,000 letters in a row are one short command.
 */
export function uidSets(uids: readonly number[]): readonly string[] {
  const sets: string[] = [];
  let set = '';
  for (const range of rangesOf(uids)) {
    if (set !== '' && set.length + 1 + range.length > longestSet) {
      sets.push(set);
      set = '';
    }
    set = set === '' ? range : `${set},${range}`;
  }
  return set === '' ? sets : [...sets, set];
}

function rangesOf(uids: readonly number[]): readonly string[] {
  const rising = [...new Set(uids)].sort((a, b) => a - b);
  const ranges: string[] = [];
  let start = 0;
  for (let at = 1; at <= rising.length; at += 1) {
    if (at < rising.length && rising[at] === (rising[at - 1] ?? 0) + 1) continue;
    const [first, last] = [rising[start], rising[at - 1]];
    if (first !== undefined) ranges.push(first === last ? `${first}` : `${first}:${last}`);
    start = at;
  }
  return ranges;
}
