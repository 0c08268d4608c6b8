const headerEnd = Buffer.from('\r\n\r\n');
/** The traces of the longest way that a letter takes are 20 KB. */
const mostRead = 64 * 1024;
/** Clocks of servers are wrong by hours, those of senders by years. */
const mostAhead = 24 * 60 * 60_000;

/**
 * When a letter arrived, as POP3 does not say it: the topmost Received header is of the server that has it now (RFC 5321, 4.4), what Date says is the
 * sender's word. A letter without either came just now.
 */
export function receivedAtOf(letter: Buffer, now: number = Date.now()): number {
  const end = letter.indexOf(headerEnd);
  const header = letter.toString('latin1', 0, Math.min(end < 0 ? letter.length : end, mostRead));
  const unfolded = header.replace(/\r?\n[ \t]+/g, ' ');
  const received = unfolded.match(/^Received:.*;([^;\r\n]*)$/im)?.[1];
  const date = unfolded.match(/^Date:(.*)$/im)?.[1];
  for (const said of [received, date]) {
    const time = Date.parse(said?.trim() ?? '');
    if (time > 0 && time <= now + mostAhead) return time;
  }
  return now;
}
