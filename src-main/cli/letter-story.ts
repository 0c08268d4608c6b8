import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { AttachReason } from '../../src-shared/domain/ticket.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { shortDate } from './dates.ts';
import { effectWords } from './ledger-words.ts';
import { failureLine } from './report-failure.ts';

interface Step {
  /** Null: still to come. */
  readonly at: Instant | null;
  readonly text: string;
  readonly notes?: readonly string[];
  readonly problem?: WireError | null;
}

/** The life of a letter in the order of time, what is to come last. `reason`: which sign put it into its ticket. */
export function storyLines(entry: LedgerEntry, reason: AttachReason | null, translate: Translate): string[] {
  const steps = [
    seen(entry, translate),
    stored(entry, translate),
    parsed(entry, translate),
    ruled(entry, reason, translate),
    done(entry, translate),
    left(entry, translate),
  ].filter((step) => step !== null);
  const past = steps.filter(({ at }) => at !== null).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const rest = steps.filter(({ at }) => at === null);
  return [...past, ...rest].flatMap((step) => linesOf(step, translate));
}

/** As wide as a date: what is said of a step stands below its name. */
const margin = ' '.repeat(shortDate(0).length);

function linesOf({ at, text, notes = [], problem = null }: Step, translate: Translate): string[] {
  const below = [...notes, ...(problem === null ? [] : [failureLine(translate, problem)])];
  return [`${at === null ? margin : shortDate(at)}  ${text}`, ...below.map((line) => `${margin}  ${line}`)];
}

function seen({ seenAt, receivedAt, size }: LedgerEntry, translate: Translate): Step {
  const arrived = receivedAt === null ? [] : [translate('story.arrived', { date: shortDate(receivedAt) })];
  const bytes = size === null ? [] : [translate('terminal.bytes', { count: size })];
  return { at: seenAt, text: translate('story.seen'), notes: [...arrived, ...bytes] };
}

function stored(entry: LedgerEntry, translate: Translate): Step | null {
  const { status, why, attempts: count, storedAt, seenAt, problem } = entry;
  if (status === 'waiting') {
    const note = count > 0 ? translate('story.waiting.tried', { count }) : translate('story.waiting.next');
    return { at: null, text: translate('story.waiting'), notes: [note], problem };
  }
  if (why === 'refused')
    return {
      at: null,
      text: translate('story.held.refused', { count }),
      notes: [translate('story.held.refused.do')],
      problem,
    };
  if (why === 'too-large' || why === 'read' || why === 'before-period')
    return {
      at: storedAt ?? seenAt,
      text: translate(`story.held.${why}`),
      notes: [translate(`story.held.${why}.do`)],
    };
  if (storedAt === null) return null;
  const notes = count > 1 ? [translate('story.attempts', { count })] : [];
  return { at: storedAt, text: translate('story.stored'), notes };
}

function parsed({ status, why, storedAt, parsedAt, problem }: LedgerEntry, translate: Translate): Step | null {
  if (status === 'stored')
    return { at: null, text: translate('story.parsing'), notes: [translate('story.parsing.note')] };
  if (why === 'unreadable') {
    const notes = [translate('story.unreadable.note')];
    return { at: parsedAt ?? storedAt, text: translate('story.unreadable'), notes, problem };
  }
  if (parsedAt === null || why === 'too-large') return null;
  return { at: parsedAt, text: translate('story.parsed') };
}

function ruled(entry: LedgerEntry, reason: AttachReason | null, translate: Translate): Step | null {
  const { status, why, ruledAt, ticketId } = entry;
  switch (status) {
    case 'parsed':
      return { at: null, text: translate('story.rules.waiting'), notes: [translate('story.rules.waiting.note')] };
    case 'ticket':
    case 'appended': {
      const notes = reason === null ? [] : [translate(`ticket.reason.${reason}`)];
      return { at: ruledAt, text: translate(`story.rules.${status}`, { id: ticketId }), notes };
    }
    case 'kept':
    case 'quarantined': {
      const because =
        why === null || why === 'before-period' || why === 'read' || why === 'refused'
          ? []
          : [translate(`story.why.${why}`)];
      const todo = status === 'quarantined' ? [translate('story.quarantine.do')] : [];
      return { at: ruledAt, text: translate(`story.rules.${status}`), notes: [...because, ...todo] };
    }
    default:
      return null;
  }
}

function done({ effect, status, ruledAt }: LedgerEntry, translate: Translate): Step | null {
  if (effect === null) {
    if (ruledAt === null) return null;
    const why = status === 'quarantined' ? 'story.effect.quarantined' : 'story.effect.none.note';
    return { at: ruledAt, text: translate('story.effect.none'), notes: [translate(why)] };
  }
  const { id, state, attempts: count, doneAt, notBefore, problem } = effect;
  const when =
    notBefore > Date.now() ? translate('effect.at', { date: shortDate(notBefore) }) : translate('story.effect.next');
  const notes = [
    ...(state === 'due' ? [when] : []),
    ...(state === 'cancelled' ? [translate('story.effect.cancelled.note')] : []),
    ...(state === 'failed' ? [translate('terminal.effect.retry-this', { id })] : []),
    ...(count > 1 ? [translate('story.attempts', { count })] : []),
  ];
  return { at: doneAt, text: effectWords(effect, translate), notes, problem };
}

function left({ leftAt, leftHow, messageId, effect }: LedgerEntry, translate: Translate): Step | null {
  // A change of ours that took it away has said so already.
  const byUs = effect?.state === 'done' && effect.kind !== 'mark-read' && leftHow !== 'renumbered';
  if (leftAt === null || leftHow === null || byUs) return null;
  if (leftHow === 'renumbered')
    return { at: leftAt, text: translate('story.left.renumbered'), notes: [translate('story.left.renumbered.note')] };
  const note = messageId === null ? 'story.left.before' : 'story.left.kept';
  return { at: leftAt, text: translate(`story.left.${leftHow}`), notes: [translate(note)] };
}
