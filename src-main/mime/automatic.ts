/** RFC 3834, section 2: letters that no automatic answer may follow. `headers` by lower-case name, first occurrence. */
export function isAutomatic(headers: ReadonlyMap<string, string>): boolean {
  const autoSubmitted = headers.get('auto-submitted')?.trim().toLowerCase() ?? 'no';
  if (autoSubmitted !== '' && autoSubmitted.split(/[\s;(]/)[0] !== 'no') return true;
  if (/^\s*(bulk|junk|list|auto_reply)\b/i.test(headers.get('precedence') ?? '')) return true;
  if (/^\s*<\s*>\s*$/.test(headers.get('return-path') ?? '')) return true;
  if (/^\s*multipart\/report\b/i.test(headers.get('content-type') ?? '')) return true;
  // Exchange and older programs answer without Auto-Submitted.
  if (headers.has('x-autoreply') || headers.has('x-autorespond')) return true;
  for (const name of headers.keys()) if (name.startsWith('list-')) return true;
  return false;
}
