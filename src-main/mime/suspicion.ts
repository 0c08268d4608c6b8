/** One result of Authentication-Results (RFC 8601): as it stands there, and apart what is said and what is remarked. */
interface Result {
  readonly words: string;
  readonly said: string;
  readonly remarks: string;
}

const failure = /^\s*dmarc\s*(\/\s*\d+\s*)?=\s*fail(?![\w-])/i;

/**
 * What the receiving server found against the sender (DMARC): empty where it found nothing or did not look. Only the topmost Authentication-Results counts: those below may
 * have come with the letter. Sender's words stand in it too, and may hold an odd bracket or quote that hides what follows: so it is read twice, and one finding is enough.
 */
export function suspicionOf(headers: ReadonlyMap<string, string>): string {
  const value = headers.get('authentication-results') ?? '';
  const found = [...readResults(value, true), ...readResults(value, false)].find(
    (result) => failure.test(result.said) && !isExcused(result),
  );
  return found ? found.words.replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() : '';
}

/**
 * A domain that asks for nothing (`p=none`) fails every day through lists and forwarding. What the server did about it decides where it says so; else the policy of the
 * domain and of its subdomains, since which of the two was meant is not said.
 */
function isExcused({ said, remarks }: Result): boolean {
  const terms = new Map<string, string[]>();
  const remark = /(?:^|[\s(,;])(p|sp|dis)\s*=\s*([a-z]+)(?=$|[\s),;])/gi;
  const property = /(?:^|\s)(action)\s*=\s*([a-z]+)(?=$|\s)/gi;
  for (const [, term = '', value = ''] of [...remarks.matchAll(remark), ...said.matchAll(property)])
    terms.set(term.toLowerCase(), [...(terms.get(term.toLowerCase()) ?? []), value.toLowerCase()]);
  const named = (...names: string[]) => names.flatMap((name) => terms.get(name) ?? []);
  const done = named('dis', 'action');
  const asked = done.length > 0 ? done : named('p', 'sp');
  return asked.length > 0 && asked.every((value) => value === 'none');
}

/** `nests`: by the grammar, with comments in comments and quoted strings. Else a comment ends at the first bracket, and quotes mean nothing. */
function readResults(value: string, nests: boolean): Result[] {
  const results: Result[] = [];
  const [lastBracket, lastQuote] = [value.lastIndexOf(')'), value.lastIndexOf('"')];
  let [start, depth, quoted] = [0, 0, false];
  let [said, remarks] = ['', ''];
  const end = (at: number) => {
    results.push({ words: value.slice(start, at), said, remarks });
    [start, said, remarks] = [at + 1, '', ''];
  };
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      quoted = sign !== '"';
    } else if (depth > 0) {
      if (sign === '\\' && nests) at += 1;
      if (sign === '(' && nests) depth += 1;
      if (sign === ')') depth -= 1;
      remarks += sign;
    } else if (sign === '(' && at < lastBracket) {
      depth = 1;
      said += ' ';
      remarks += ' ';
    } else if (sign === '"' && nests && at < lastQuote) {
      quoted = true;
      said += '""';
    } else if (sign === ';') end(at);
    else said += sign;
  }
  end(value.length);
  return results;
}
