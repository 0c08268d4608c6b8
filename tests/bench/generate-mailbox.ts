import { type Attachment, composeLetter, type LetterParts } from './compose-letter.ts';
import type { Charset } from './encode-text.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';
import { createVocabulary, type Language, type Vocabulary } from './vocabulary.ts';

export interface MailboxPlan {
  readonly seed: string;
  readonly letters: number;
  /** `office`: about 23 KB a letter on average, attachments up to 2 MB. `small`: about 2 KB, none attached. */
  readonly sizes: 'office' | 'small';
}

export interface GeneratedLetter {
  readonly raw: Buffer;
  readonly receivedAt: Date;
  readonly seen: boolean;
}

interface Conversation {
  readonly subject: string;
  readonly language: Language;
  readonly references: string[];
  quoted: string;
}

interface Correspondent {
  readonly address: string;
  readonly name: string;
  readonly language: Language;
  readonly charset: Charset;
}

/** What a generated mailbox is made from. */
interface Company {
  readonly random: SeededRandom;
  readonly plan: MailboxPlan;
  readonly words: Readonly<Record<Language, Vocabulary>>;
  readonly correspondents: readonly Correspondent[];
  /** Those that may still be answered. */
  readonly conversations: Conversation[];
}

export const mailboxAddress = 'bench@bench.example';
const lastDay = Date.UTC(2026, 5, 1);
const years = 2;
/** A reader's client quotes the letter it answers, not the whole history. */
const quotedCharacters = 1500;
const openConversations = 200;
const shapes = {
  office: ['plain', 'plain', 'html', 'alternative', 'alternative'],
  small: ['plain', 'plain', 'plain', 'plain', 'alternative'],
} as const;
/** Mail programs choose by how much of the text is not ASCII. */
const encodings = {
  ru: ['8bit', '8bit', 'base64', 'base64', 'quoted-printable'],
  en: ['8bit', 'quoted-printable', 'quoted-printable'],
} as const;
/** Of one letter; as base64, with its line ends, 2 MB. */
const largestAttachment = 1_480_000;

/** Letters of an office in Russian and English, oldest first; always the same for the same plan. */
export function* generateMailbox(plan: MailboxPlan): Generator<GeneratedLetter> {
  const random = createSeededRandom(`${plan.seed}:${plan.sizes}`);
  const words = mailboxWords(plan);
  const company: Company = { random, plan, words, correspondents: correspondents(words, random), conversations: [] };
  const span = years * 365 * 86_400_000;
  for (let at = 0; at < plan.letters; at += 1) {
    const sentAt = new Date(lastDay - span + Math.floor((span * at) / plan.letters));
    const raw = composeLetter(letterParts(company, at, sentAt), random);
    const receivedAt = new Date(sentAt.getTime() + 2000);
    yield { raw, receivedAt, seen: random.chance(0.8) };
  }
}

/** The words that a planned mailbox is written with. */
export function mailboxWords({ seed }: MailboxPlan): Readonly<Record<Language, Vocabulary>> {
  const random = createSeededRandom(`${seed}:words`);
  return { ru: createVocabulary('ru', random), en: createVocabulary('en', random) };
}

/** Departments, not people; a few of them write most of the letters. */
function correspondents(words: Company['words'], random: SeededRandom): readonly Correspondent[] {
  return Array.from({ length: 1500 }, (_, at) => {
    const language = random.chance(0.7) ? 'ru' : 'en';
    const charset =
      language === 'en' || random.chance(0.5) ? 'utf-8' : random.pick(['windows-1251', 'koi8-r'] as const);
    const name = `${capital(words[language].word(random))} ${words[language].word(random)}`;
    const box = random.pick(['sales', 'info', 'support', 'office', 'zakaz', 'buh', 'noreply', 'sklad']);
    return { address: `${box}${at}@company${at % 300}.example`, name, language, charset };
  });
}

function letterParts(company: Company, at: number, sentAt: Date): LetterParts {
  const { random, correspondents: all } = company;
  const sender = all[Math.floor(random.fraction() ** 3 * all.length)] ?? random.pick(all);
  const conversation = conversationOf(company, sender.language);
  const messageId = `<${at}.${random.bytes(6).toString('hex')}@${sender.address.slice(sender.address.indexOf('@') + 1)}>`;
  const paragraphs = bodyText(company, conversation, at);
  const quote = conversation.quoted.replace(/^/gm, '> ');
  const answered = conversation.references.length > 0;
  const text = answered ? `${paragraphs.join('\n\n')}\n\n${quote}\n` : `${paragraphs.join('\n\n')}\n`;
  const shape = random.pick(shapes[company.plan.sizes]);
  const attachments = company.plan.sizes === 'small' ? [] : attachmentsOf(company, conversation.language, shape);
  const picture = attachments.find(({ contentId }) => contentId !== undefined)?.contentId;
  const parts: LetterParts = {
    from: sender.address,
    fromName: sender.name,
    to: mailboxAddress,
    subject: answered ? `Re: ${conversation.subject}` : conversation.subject,
    messageId,
    references: conversation.references.slice(-10),
    sentAt,
    charset: sender.charset,
    encoding: random.pick(encodings[conversation.language]),
    text,
    html: shape === 'plain' ? '' : markup(company, [...paragraphs, ...(answered ? [quote] : [])], picture),
    shape,
    attachments,
  };
  conversation.references.push(messageId);
  conversation.quoted = paragraphs.join('\n\n').slice(0, quotedCharacters);
  return parts;
}

/** Four letters in ten answer an earlier one. */
function conversationOf({ random, words, conversations }: Company, language: Language): Conversation {
  if (conversations.length > 0 && random.chance(0.4)) return random.pick(conversations);
  const subject = capital(sentence(words[language], random, 2 + random.integer(6)));
  const conversation: Conversation = { subject, language, references: [], quoted: '' };
  if (conversations.length >= openConversations) conversations[random.integer(openConversations)] = conversation;
  else conversations.push(conversation);
  return conversation;
}

function bodyText({ random, plan, words }: Company, { language }: Conversation, at: number): readonly string[] {
  const length = Math.min(plan.sizes === 'small' ? random.skewed(160, 0.7) : random.skewed(1000, 0.9), 60_000);
  const paragraphs: string[] = [];
  for (let written = 0; written < length; ) {
    const sentences = Array.from({ length: 1 + random.integer(5) }, () => {
      const number = random.chance(0.2) ? ` ${100_000 + random.integer(900_000)}` : '';
      return `${capital(sentence(words[language], random, 4 + random.integer(12)))}${number}.`;
    });
    const paragraph = wrapped(sentences.join(' '));
    paragraphs.push(paragraph);
    written += paragraph.length;
  }
  paragraphs.push(`${language === 'ru' ? 'Заявка' : 'Request'} ${String(at).padStart(6, '0')}`);
  return paragraphs;
}

function sentence(vocabulary: Vocabulary, random: SeededRandom, length: number): string {
  return Array.from({ length }, () => vocabulary.word(random)).join(' ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const wrapped = (text: string): string => text.replace(/(.{60,75}) /g, '$1\n');

/** What mail programs wrap a text in: some write a line, some kilobytes of styles and tables. */
function markup({ random, plan }: Company, paragraphs: readonly string[], picture: string | undefined): string {
  const rows = plan.sizes === 'small' ? 0 : Math.floor(random.skewed(10, 1));
  const style = Array.from(
    { length: Math.min(rows, 200) },
    (_, at) => `.c${at}{font:${10 + (at % 8)}px Arial;color:#${random.bytes(3).toString('hex')};margin:0 ${at % 9}px}`,
  );
  const body = paragraphs.map(
    (paragraph, at) =>
      `<p class="c${at}" style="margin:0 0 10px"><span lang="ru">${escapeMarkup(paragraph).replaceAll('\n', '<br>\n')}</span></p>`,
  );
  const table = style.map(
    (_, at) =>
      `<tr><td class="c${at}" width="${at % 100}%"><a href="https://company.example/t/${random.bytes(9).toString('base64url')}">${at}</a></td></tr>`,
  );
  const image = picture === undefined ? '' : `<img src="cid:${picture}" alt="">`;
  return `<html><head><style>\n${style.join('\n')}\n</style></head>\n<body>\n${body.join('\n')}\n${image}<table>\n${table.join('\n')}\n</table>\n</body></html>\n`;
}

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const attachmentKinds = [
  ['pdf', 'application/pdf'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['jpg', 'image/jpeg'],
  ['zip', 'application/zip'],
] as const;

/** One letter in nine has something attached; one HTML letter in ten a picture in its text. */
function attachmentsOf(
  { random, words }: Company,
  language: Language,
  shape: LetterParts['shape'],
): readonly Attachment[] {
  const attachments: Attachment[] = [];
  if (shape !== 'plain' && random.chance(0.1)) {
    const contentId = `${random.bytes(8).toString('hex')}@bench.example`;
    attachments.push({
      name: 'logo.png',
      type: 'image/png',
      bytes: random.bytes(4000 + random.integer(12_000)),
      contentId,
    });
  }
  if (!random.chance(1 / 9)) return attachments;
  let room = largestAttachment;
  for (let left = 1 + random.integer(2); left > 0; left -= 1) {
    const [suffix, type] = random.pick(attachmentKinds);
    const size = Math.min(Math.floor(random.skewed(26_000, 1.3)), room);
    room -= size;
    const name = `${words[language].word(random)} ${random.integer(1000)}.${suffix}`;
    attachments.push({ name, type, bytes: random.bytes(size) });
  }
  return attachments;
}
