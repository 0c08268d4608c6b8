/** What a person reads at a glance; servers that go on add links and ids. */
const longestWords = 200;
/** Of a line that may be of megabytes: enough for the words after names and blanks have gone. Looking for addresses takes the square of it. */
const mostRead = 2_000;

/**
 * A server's own words, fit for a sentence: one line, without control characters, and without the names of accounts, which some servers
 * repeat ("550 5.1.1 <bob@example.com>: unknown"). The marks in which our sentences quote are not in it: nothing that a server says can stand outside of them. Never empty, so that a sentence can quote it: `otherwise` stands in for silence.
 */
export function serverWords(said: unknown, otherwise: string, login = ''): string {
  const line = (typeof said === 'string' ? said.slice(0, mostRead) : '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[“”„«»]/g, '"')
    .trim();
  const nameless = login === '' ? line : line.replaceAll(login, '…');
  const words = nameless.replace(/[^\s<>"'()@,;:]+@(?=[^\s<>"'()@,;:])/g, '…@');
  if (words === '') return otherwise;
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
}
