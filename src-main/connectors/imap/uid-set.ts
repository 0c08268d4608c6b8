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

/** RFC 3501, section 9: a UID is a 32-bit number. */
export const highestUid = 0xffff_ffff;
/** 64 MB of numbers; the largest folders of providers hold a tenth of it. A server that says more wants our memory. */
const mostUids = 0x100_0000;

/**
 * The UIDs of a server's set, in its order: that of COPYUID pairs two sets by it (RFC 4315). A range may be written either way round and counts
 * upwards. Null for what is no set, or is too large to be true: a part of it would be letters lost in silence.
 */
export function uidsOf(set: string): Uint32Array | null {
  const ranges: (readonly [number, number])[] = [];
  let count = 0;
  for (const part of set.split(',')) {
    const [, one = '', other = one] = part.match(/^(\d{1,10})(?::(\d{1,10}))?$/) ?? [];
    const [first, last] = [Math.min(Number(one), Number(other)), Math.max(Number(one), Number(other))];
    count += last - first + 1;
    if (first < 1 || last > highestUid || count > mostUids) return null;
    ranges.push([first, last]);
  }
  const uids = new Uint32Array(count);
  let at = 0;
  for (const [first, last] of ranges) for (let uid = first; uid <= last; uid += 1) uids[at++] = uid;
  return uids;
}
