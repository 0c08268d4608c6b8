import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { generateMailbox, mailboxAddress } from './generate-mailbox.ts';

const office = [...generateMailbox({ seed: 'test', letters: 400, sizes: 'office' })];

test('the same plan gives the same mailbox, another seed another one', () => {
  const again = [...generateMailbox({ seed: 'test', letters: 400, sizes: 'office' })];
  expect(again).toEqual(office);
  const [other] = generateMailbox({ seed: 'other', letters: 1, sizes: 'office' });
  expect(other?.raw.equals(office[0]?.raw ?? Buffer.alloc(0))).toBe(false);
});

test('letters come in rising order of time', () => {
  const times = office.map(({ receivedAt }) => receivedAt.getTime());
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('every letter is readable: subject, sender and text in its charset, attachments whole', async () => {
  const letters = await Promise.all(office.map(({ raw }) => PostalMime.parse(raw)));
  const garbled = letters.filter(({ subject, from, text, html }) =>
    [subject, from?.name, text, html].some((field) => field?.includes('\ufffd') || field?.includes('?=')),
  );
  expect(garbled).toEqual([]);
  // The number at the end of the text is written last: what came before it arrived as well.
  const unnumbered = letters.filter(({ text, html }) => !/(Заявка|Request) \d{6}/.test(`${text} ${html}`));
  expect(unnumbered).toEqual([]);
  expect(letters.every(({ to }) => to?.[0]?.address === mailboxAddress)).toBe(true);
  const charsets = new Set(office.flatMap(({ raw }) => raw.toString('latin1').match(/(?<=charset=)[\w-]+/g) ?? []));
  expect([...charsets].sort()).toEqual(['koi8-r', 'utf-8', 'windows-1251']);
  expect(letters.some(({ attachments }) => attachments.length > 0)).toBe(true);
});

test('answers name letters that came before them', async () => {
  const seen = new Set<string>();
  let answers = 0;
  for (const { raw } of office) {
    const { messageId, references } = await PostalMime.parse(raw);
    const named = references?.split(/\s+/) ?? [];
    expect(named.filter((id) => !seen.has(id))).toEqual([]);
    if (named.length > 0) answers += 1;
    seen.add(messageId ?? '');
  }
  expect(answers).toBeGreaterThan(100);
});

test('small letters have nothing attached', async () => {
  for (const { raw } of generateMailbox({ seed: 'test', letters: 50, sizes: 'small' })) {
    expect((await PostalMime.parse(raw)).attachments).toEqual([]);
    expect(raw.length).toBeLessThan(40_000);
  }
});
