/** The text as styled HTML, the way shops and banks write: a coloured head, a table, small print. */
export function dressText(text: string, title: string, picture: string | null): string {
  const paragraphs = text.split('\n\n').map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`);
  const shown = picture === null ? '' : `<p><img src="${picture}" alt="" width="160" height="100"></p>`;
  return `<!DOCTYPE html>
<html><head><style>
  body { font-family: sans-serif; color: #263238; }
  .head { background: #0d47a1; color: #ffffff; padding: 12px 16px; font-size: 18px; }
  .text { padding: 8px 16px; line-height: 1.5; }
  .foot { color: #78909c; font-size: 12px; padding: 8px 16px; border-top: 1px solid #cfd8dc; }
</style></head>
<body><table width="100%" cellspacing="0" cellpadding="0">
<tr><td class="head">${escapeHtml(title)}</td></tr>
<tr><td class="text">${paragraphs.join('\n')}${shown}</td></tr>
<tr><td class="foot">polar-key.test &middot; <a href="https://polar-key.test/help">polar-key.test/help</a></td></tr>
</table></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
