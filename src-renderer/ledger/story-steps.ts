import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { AttachReason } from '../../src-shared/domain/ticket.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { effectWords } from './effect-words.ts';

/** `now`: where it stands. `held`: stopped on purpose. `bad`: a person is needed. `off`: was called off, or not needed. */
export type StepTone = 'done' | 'now' | 'held' | 'bad' | 'off';

export interface StoryStep {
  readonly name: 'seen' | 'stored' | 'parsed' | 'rules' | 'effect' | 'left';
  readonly tone: StepTone;
  readonly text: string;
  /** Null: still to come. */
  readonly at: Instant | null;
  readonly notes: readonly string[];
  readonly problem: WireError | null;
  /** What a person can do about it. */
  readonly offers: 'load-missing' | 'effect' | 'mailbox' | 'desk' | 'rules' | null;
}

export interface StoryWords {
  readonly t: Translate;
  readonly longDate: (at: Instant) => string;
  readonly timeAgo: (at: Instant) => string;
  readonly byteSize: (bytes: number) => string;
}

type Part = Pick<StoryStep, 'tone' | 'text' | 'at'> & Partial<StoryStep>;

const step = (name: StoryStep['name'], part: Part): StoryStep => ({
  notes: [],
  problem: null,
  offers: null,
  ...part,
  name,
});

/** The life of a letter as far as it went, and what comes next; in the order of time. `reason`: which sign put it into its ticket. */
export function storySteps(entry: LedgerEntry, reason: AttachReason | null, words: StoryWords): readonly StoryStep[] {
  const steps = [
    seenStep(entry, words),
    ...storedStep(entry, words),
    ...parsedStep(entry, words),
    ...rulesStep(entry, reason, words),
    ...effectStep(entry, words),
    ...leftStep(entry, words),
  ];
  // A letter may leave the server before the rules look at it. What is to come stays last, in its order.
  const past = steps.filter(({ at }) => at !== null).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return [...past, ...steps.filter(({ at }) => at === null)];
}

function seenStep({ folderPath, uid, uidValidity, receivedAt, seenAt, size }: LedgerEntry, words: StoryWords) {
  const { t } = words;
  const notes = [
    [t('story.place', { folder: folderPath, uid }), t('story.placeValidity', { validity: uidValidity })].join(' · '),
    [
      receivedAt === null ? '' : t('story.arrived', { date: words.longDate(receivedAt) }),
      size === null ? '' : words.byteSize(size),
    ]
      .filter(Boolean)
      .join(' · '),
  ];
  return step('seen', { tone: 'done', text: t('story.seen'), at: seenAt, notes: notes.filter(Boolean) });
}

function storedStep(entry: LedgerEntry, { t }: StoryWords): readonly StoryStep[] {
  const { status, why, storedAt, seenAt, attempts, problem, messageId } = entry;
  if (status === 'waiting') {
    const note = attempts > 0 ? t('story.waiting.tried', { count: attempts }) : t('story.waiting.next');
    return [step('stored', { tone: 'now', text: t('story.waiting'), at: null, notes: [note], problem })];
  }
  if (why === 'too-large') {
    const notes = [t('story.held.too-large.do')];
    return [
      step('stored', {
        tone: 'held',
        text: t('story.held.too-large'),
        at: storedAt ?? seenAt,
        notes,
        offers: messageId === null ? 'mailbox' : 'desk',
      }),
    ];
  }
  if (status === 'held') return [heldStep(entry, t)];
  if (storedAt === null) return [];
  const notes = attempts > 1 ? [t('story.attempts', { count: attempts })] : [];
  return [step('stored', { tone: 'done', text: t('story.stored'), at: storedAt, notes })];
}

function heldStep({ why, seenAt, attempts, problem }: LedgerEntry, t: Translate): StoryStep {
  if (why === 'refused') {
    return step('stored', {
      tone: 'bad',
      text: t('story.held.refused', { count: attempts }),
      at: null,
      notes: [t('story.held.refused.do')],
      problem,
      offers: 'load-missing',
    });
  }
  const kind = why === 'read' ? 'read' : 'before-period';
  return step('stored', {
    tone: 'held',
    text: t(`story.held.${kind}`),
    at: seenAt,
    notes: [t(`story.held.${kind}.do`)],
    offers: 'mailbox',
  });
}

function parsedStep(
  { status, why, parsedAt, storedAt, problem }: LedgerEntry,
  { t }: StoryWords,
): readonly StoryStep[] {
  if (status === 'stored') {
    return [step('parsed', { tone: 'now', text: t('story.parsing'), at: null, notes: [t('story.parsing.note')] })];
  }
  if (why === 'unreadable') {
    const notes = [t('story.unreadable.note')];
    return [step('parsed', { tone: 'bad', text: t('story.unreadable'), at: parsedAt ?? storedAt, notes, problem })];
  }
  if (parsedAt === null || why === 'too-large') return [];
  return [step('parsed', { tone: 'done', text: t('story.parsed'), at: parsedAt })];
}

function rulesStep(
  { status, why, ruledAt, ticketId }: LedgerEntry,
  reason: AttachReason | null,
  { t }: StoryWords,
): readonly StoryStep[] {
  if (status === 'parsed') {
    const notes = [t('story.rules.waiting.note')];
    return [step('rules', { tone: 'now', text: t('story.rules.waiting'), at: null, notes })];
  }
  if (status === 'ticket' || status === 'appended') {
    const notes = reason === null ? [] : [`${t(`ticket.reason.${reason}`)}.`];
    return [step('rules', { tone: 'done', text: t(`story.rules.${status}`, { id: ticketId }), at: ruledAt, notes })];
  }
  if (status !== 'kept' && status !== 'quarantined') return [];
  const isRule = why === 'receiving-off' || why === 'no-sender-entry';
  const because = why === null || why === 'before-period' || why === 'read' || why === 'refused' ? null : why;
  return [
    step('rules', {
      tone: status === 'kept' ? 'done' : 'held',
      text: t(`story.rules.${status}`),
      at: ruledAt,
      notes: [
        ...(because === null ? [] : [t(`story.why.${because}`)]),
        ...(status === 'quarantined' ? [t('story.quarantine.do')] : []),
      ],
      offers: status === 'quarantined' ? 'desk' : isRule ? 'rules' : null,
    }),
  ];
}

function effectStep({ effect, status, ruledAt }: LedgerEntry, words: StoryWords): readonly StoryStep[] {
  const { t } = words;
  if (!effect) {
    if (ruledAt === null) return [];
    const note = status === 'quarantined' ? 'story.effect.quarantined' : 'story.effect.none.note';
    return [step('effect', { tone: 'off', text: t('story.effect.none'), at: ruledAt, notes: [t(note)] })];
  }
  const { kind, state, notBefore, attempts, problem, doneAt } = effect;
  const tones = { due: 'now', doing: 'now', done: 'done', gone: 'off', failed: 'bad', cancelled: 'off' } as const;
  const when =
    notBefore > Date.now()
      ? t('story.effect.when', { time: words.timeAgo(notBefore), date: words.longDate(notBefore) })
      : t('story.effect.next');
  const notes = [
    ...(state === 'due' ? [when] : []),
    ...(state === 'cancelled' ? [t('story.effect.cancelled.note')] : []),
    ...(state === 'cancelled' && problem !== null ? [t('story.effect.cancelled.stopped')] : []),
    ...(state === 'done' && kind !== 'mark-read' ? [t('story.left.kept')] : []),
    ...(attempts > 1 ? [t('story.attempts', { count: attempts })] : []),
  ];
  return [
    step('effect', {
      tone: tones[state],
      text: effectWords(effect, t),
      at: doneAt,
      notes,
      problem: state === 'failed' || state === 'due' ? problem : null,
      offers: state === 'failed' || state === 'due' ? 'effect' : null,
    }),
  ];
}

/** An action of ours that took it away has said so already. */
function leftByUs({ effect, leftHow }: LedgerEntry): boolean {
  return effect?.state === 'done' && effect.kind !== 'mark-read' && leftHow !== 'renumbered';
}

function leftStep(entry: LedgerEntry, { t }: StoryWords): readonly StoryStep[] {
  const { leftAt, leftHow, messageId } = entry;
  if (leftAt === null || leftByUs(entry)) return [];
  const note =
    leftHow === 'renumbered'
      ? 'story.left.renumbered.note'
      : messageId === null
        ? 'story.left.before'
        : 'story.left.kept';
  return [step('left', { tone: 'off', text: t(`story.left.${leftHow ?? 'unknown'}`), at: leftAt, notes: [t(note)] })];
}
