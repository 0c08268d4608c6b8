import type { BrowserWords } from './authority-client.ts';

/** The last page of a sign-in, in the browser. Its words are our own: nothing of what arrived stands in it. */
export function browserPage({ language, arrived, refused }: BrowserWords, well: boolean): string {
  const words = escaped(well ? arrived : refused);
  return `<!doctype html>
<html lang="${escaped(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Mailroom</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 32em; margin: 20vh auto; padding: 0 1em }</style>
<p>${words}</p>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
