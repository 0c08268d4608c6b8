import { createSeededRandom, type SeededRandom } from '../bench/seeded-random.ts';
import type { Arrival, Change, CopyId, Fault, Group, Point } from './changes.ts';
import { nothing } from './changes.ts';
import type { LetterKind, ModelLetter } from './letters.ts';
import { allFolders, type ModelProtocol, scope, tickedFolders } from './scope.ts';
import type { Copy, ServerModel } from './server-model.ts';

export interface WalkPlan {
  readonly seed: string;
  readonly letters: number;
  /** Of them, there before the console comes for the first time. */
  readonly backlog: number;
  /** Letters that come between two passes, on average. */
  readonly perGroup: number;
  /** SIGKILLs to the console: the walk goes on until so many have hit. */
  readonly kills: number;
  /** Of all passes, those in which the console is killed. */
  readonly killShare: number;
}

export interface Walk {
  /** The next group, chosen by chance and by what is on the server; null: the walk is over. `kills`: those that have hit so far. */
  next(model: ServerModel, kills: number): Group | null;
}

/** What is asked of the store where letters have names instead of numbers. */
const nameCalls = {
  imap: [],
  pop3: ['uidls.number', 'uidls.number'],
  ews: ['items.numbering', 'items.recall', 'items.keep', 'items.keep'],
} as const;

/** Names of calls between which the console's work is cut; a name that it does not use never comes, which costs a quiet pass. */
const storeCalls = [
  ...['letters.store', 'letters.store', 'letters.store', 'letters.settle', 'letters.setUnread', 'folders.cursors'],
  ...['sorting.next', 'sorting.settleMany', 'sorting.settleMany', 'leases.take', 'leases.release', 'records.put'],
  ...(scope.balances ? ['ledger.see', 'ledger.see', 'ledger.see', 'ledger.failed', 'folders.settle'] : []),
  ...(scope.effects ? ['effects.due', 'effects.begin', 'effects.begin', 'effects.end', 'effects.end'] : []),
];

/** Always the same groups for the same plan and protocol, as long as the server does the same. */
export function createWalk(plan: WalkPlan, protocol: ModelProtocol = 'imap'): Walk {
  const random = createSeededRandom(`walk:${plan.seed}`);
  const point = (): Point => pointAmong([...storeCalls, ...nameCalls[protocol]], random);
  const chosen = { letters: 0, copies: 0 };
  const home = new Map<CopyId, string>();
  const newCopy = (): CopyId => {
    chosen.copies += 1;
    return chosen.copies;
  };

  const newLetter = (model: ServerModel): ModelLetter => {
    chosen.letters += 1;
    const serial = chosen.letters;
    const kind: LetterKind = random.chance(0.75) ? 'customer' : random.chance(0.7) ? 'stranger' : 'unreadable';
    const earlier = serial > 1 ? model.letters.get(1 + random.integer(serial - 1)) : undefined;
    const sameId = earlier !== undefined && random.chance(0.12);
    const answers = kind === 'customer' && earlier?.kind === 'customer' && random.chance(0.35);
    return {
      serial,
      kind,
      messageId: sameId ? earlier.messageId : `<${serial}.${plan.seed}@elsewhere.example>`,
      answers: answers && !sameId ? earlier.messageId : null,
    };
  };

  /** One in ten is for two of our mailboxes, one in ten lies in two folders of one. */
  const newArrival = (model: ServerModel, inboxOnly: boolean): Arrival => {
    const users = [...model.mailboxes.keys()];
    const user = random.pick(users);
    const folder = inboxOnly || random.chance(0.6) ? 'INBOX' : random.pick(allFolders);
    const places = [{ copy: newCopy(), user, folder }];
    const twice = random.fraction();
    const other = random.pick(users);
    if (twice < 0.1 && other !== user) places.push({ copy: newCopy(), user: other, folder: 'INBOX' });
    else if (twice > 0.9 && !inboxOnly) {
      const second = random.pick(allFolders);
      if (second !== folder) places.push({ copy: newCopy(), user, folder: second });
    }
    return { letter: newLetter(model), places };
  };

  const arrivals = (model: ServerModel, wanted: number, how: 'lmtp' | 'append' | 'maildir'): Change[] => {
    const count = Math.min(wanted, plan.letters - chosen.letters);
    if (count <= 0) return [];
    return [{ kind: 'arrive', how, letters: Array.from({ length: count }, () => newArrival(model, how === 'lmtp')) }];
  };

  const onCopy = (model: ServerModel, copies: readonly Copy[]): Change => {
    const copy = random.pick(copies);
    const what = random.fraction();
    if (what < 0.4) {
      const back = home.get(copy.id);
      const folder = back !== undefined && random.chance(0.6) ? back : random.pick(allFolders);
      if (!home.has(copy.id)) home.set(copy.id, copy.folder);
      return { kind: 'move', copy: copy.id, folder };
    }
    if (what < 0.52) return { kind: 'copy', from: copy.id, copy: newCopy(), folder: random.pick(allFolders) };
    if (what < 0.62) return { kind: 'delete', copy: copy.id };
    if (what < 0.8) return { kind: 'flag', copy: copy.id, flag: '\\Seen', set: !copy.seen };
    if (what < 0.88) return { kind: 'flag', copy: copy.id, flag: '\\Flagged', set: !copy.flagged };
    return renumbering(random, [...model.mailboxes.keys()]);
  };

  const others = (model: ServerModel, most: number): Change[] => {
    const copies = [...model.copies.values()];
    if (copies.length === 0) return [];
    return Array.from({ length: random.integer(most + 1) }, () => onCopy(model, copies));
  };

  /** With a console in the middle of its work nobody takes away its server's files: those come between passes. */
  const meanwhile = (model: ServerModel): Change[] =>
    [...others(model, 4), ...arrivals(model, 1 + random.integer(3), 'append')].filter(
      (change) => change.kind !== 'renumber' || change.how === 'recreated',
    );

  const fault = (model: ServerModel, killsToCome: boolean): Fault => {
    if (killsToCome && random.chance(plan.killShare)) {
      if (random.chance(0.2)) return { kind: 'kill-after', milliseconds: 20 + random.integer(600) };
      return { kind: 'kill', at: point() };
    }
    const what = random.fraction();
    if (what < 0.15) return { kind: 'kill-store', at: point() };
    if (what < 0.35) {
      const how = random.pick(['cut', 'reset', 'stall'] as const);
      return { kind: 'line', how, afterBytes: random.integer(random.chance(0.5) ? 2_000 : 40_000) };
    }
    if (what < 0.65)
      return {
        kind: 'meanwhile',
        user: random.pick([...model.mailboxes.keys()]),
        at: point(),
        changes: meanwhile(model),
      };
    return nothing;
  };

  return {
    next(model, kills) {
      if (chosen.letters === 0)
        return { changes: arrivals(model, plan.backlog, 'maildir'), fault: fault(model, true), restart: false };
      if (chosen.letters >= plan.letters && kills >= plan.kills) return null;
      const some = 1 + random.integer(2 * plan.perGroup - 1);
      const changes = [
        ...others(model, 2),
        ...arrivals(model, some, random.pick(['lmtp', 'append', 'append', 'maildir'])),
        ...others(model, 3),
      ];
      return { changes, fault: fault(model, kills < plan.kills), restart: random.chance(0.06) };
    },
  };
}

function pointAmong(calls: readonly string[], random: SeededRandom): Point {
  const when = random.pick(['before', 'after'] as const);
  if (random.chance(0.25)) return { call: '*', nth: 1 + random.integer(40), when };
  // Most calls come once or twice in a pass over a mailbox.
  return { call: random.pick(calls), nth: 1 + Math.floor(4 * random.fraction() ** 3), when };
}

function renumbering(random: SeededRandom, users: readonly string[]): Change {
  const user = random.pick(users);
  const folder = random.pick(tickedFolders);
  const how = folder === 'INBOX' || random.chance(0.5) ? 'uidlist' : 'recreated';
  return { kind: 'renumber', user, folder, how };
}
