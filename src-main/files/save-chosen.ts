import { writeWhole } from './write-whole.ts';

/** To a file that the person chooses; null when they thought better of it. */
export async function saveChosen(
  askWhere: (suggestedName: string) => Promise<string | null>,
  suggestedName: string,
  text: string,
): Promise<{ readonly path: string } | null> {
  const path = await askWhere(suggestedName);
  if (path === null) return null;
  await writeWhole(path, Buffer.from(text));
  return { path };
}
