import { type MailboxPlan, mailboxWords } from './generate-mailbox.ts';
import { createSeededRandom } from './seeded-random.ts';
import type { Language } from './vocabulary.ts';

export interface SearchQuery {
  readonly text: string;
  /** The same question to notmuch, whose words match whole unless they end with an asterisk. */
  readonly forNotmuch: string;
}

/** To notmuch these are not words; nobody looks for them. */
const operators = new Set(['and', 'or', 'not', 'xor', 'near', 'adj']);

/** What 200 people might type: words of either language, beginnings of words, two words, a sender. */
export function searchQueries(plan: MailboxPlan): readonly SearchQuery[] {
  const words = mailboxWords(plan);
  const random = createSeededRandom(`${plan.seed}:queries`);
  // Half of what is looked for is frequent in the mailbox, half is any word of the language.
  const word = (language: Language): string => {
    const chosen = random.chance(0.5) ? words[language].word(random) : random.pick(words[language].words);
    return operators.has(chosen) ? word(language) : chosen;
  };
  const language = (): Language => random.pick(['ru', 'en'] as const);
  const beginning = (): string => {
    const start = word(language()).slice(0, 1 + random.integer(4));
    return operators.has(start) ? beginning() : start;
  };
  const times = (count: number, make: () => SearchQuery): readonly SearchQuery[] => Array.from({ length: count }, make);
  return [
    ...times(60, () => question([word('ru')])),
    ...times(50, () => question([word('en')])),
    ...times(40, () => question([beginning()])),
    ...times(40, () => {
      const both = language();
      return question([word(both), word(both)]);
    }),
    ...times(10, () => {
      const sender = `company${random.integer(300)}`;
      return { text: `from:${sender}`, forNotmuch: `from:${sender}` };
    }),
  ];
}

function question(words: readonly string[]): SearchQuery {
  return { text: words.join(' '), forNotmuch: words.map((word) => `${word}*`).join(' ') };
}
