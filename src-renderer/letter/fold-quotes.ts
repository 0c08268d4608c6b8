export interface TextBlock {
  readonly kind: 'own' | 'quote';
  readonly text: string;
}

/** How mail programs introduce what they quote below; everything after such a line is the earlier letter. */
const quoteIntroductions = [
  /^-{3,}\s*(?:original message|исходное сообщение|пересылаемое сообщение|forwarded message|конец .*|reply above)\s*-{3,}\s*$/i,
  /^_{20,}\s*$/,
  /^(?:on|le|am)\s.{6,200}\b(?:wrote|a écrit|schrieb)\s?:\s*$/i,
  /^.{0,200}\d{1,2}[./]\d{1,2}[./]\d{2,4}.{0,200}(?:пишет|писал|писала|написал|написала|написал\(а\)|wrote)\s?:\s*$/i,
  /^.{0,80}\d{4}.{0,200}(?:пишет|писал\(а\)|написал|написала|написал\(а\))\s?:\s*$/i,
];
const outlookHeader = /^(?:from|от|от кого|von)\s?:\s.+/i;
const outlookNext = /^(?:sent|date|to|дата|отправлено|кому|gesendet)\s?:\s.+/i;

function startsQuoteForGood(lines: readonly string[], at: number): boolean {
  const line = lines[at]?.trim() ?? '';
  if (quoteIntroductions.some((introduction) => introduction.test(line))) return true;
  return outlookHeader.test(line) && outlookNext.test(lines[at + 1]?.trim() ?? '');
}

/** Cuts a letter's text into what its author wrote and what was quoted; joined by line ends it is the text again. */
export function foldQuotes(text: string): readonly TextBlock[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: { kind: TextBlock['kind']; lines: string[] }[] = [];
  let forGood = false;
  lines.forEach((line, at) => {
    forGood ||= startsQuoteForGood(lines, at);
    const last = blocks.at(-1);
    let kind: TextBlock['kind'] = forGood || /^\s?>/.test(line) ? 'quote' : 'own';
    // An empty line inside a quote does not end it.
    if (kind === 'own' && line.trim() === '' && last?.kind === 'quote' && /^\s?>/.test(lines[at + 1] ?? ''))
      kind = 'quote';
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  });
  return blocks.map((block) => ({ kind: block.kind, text: block.lines.join('\n') }));
}
