/** How much a pattern takes in; the smaller number decides first. */
export type PatternKind = 'address' | 'domain' | 'everybody';

const order: readonly PatternKind[] = ['address', 'domain', 'everybody'];

/** Null: not a pattern. The main process decides in the end; this is for what is said while typing. */
export function patternKind(pattern: string): PatternKind | null {
  const [local = '', domain = '', more] = pattern.trim().split('@');
  if (more !== undefined || local === '' || domain === '' || /\s/.test(pattern.trim())) return null;
  if (domain === '*') return local === '*' ? 'everybody' : null;
  if (!/^[^*"<>,;()[\]\\]+$/.test(domain) || !domain.includes('.')) return null;
  if (local === '*') return 'domain';
  return local.includes('*') ? null : 'address';
}

/** The order in which entries decide: most specific first, those of one mailbox before those of all. */
export function byDecision<
  E extends { readonly settings: { readonly pattern: string; readonly mailboxId: string | null } },
>(a: E, b: E): number {
  const rank = ({ settings }: E) => order.indexOf(patternKind(settings.pattern) ?? 'address');
  const wide = ({ settings }: E) => (settings.mailboxId === null ? 1 : 0);
  return rank(a) - rank(b) || wide(a) - wide(b) || a.settings.pattern.localeCompare(b.settings.pattern);
}
