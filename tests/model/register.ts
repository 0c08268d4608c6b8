import { type CopyId, placeKey } from './changes.ts';

export interface Lodging {
  readonly user: string;
  readonly folder: string;
  readonly serial: number;
}

export interface PlaceBook {
  readonly copies: Map<number, CopyId>;
  /** Put there, number not known yet: by serial. */
  readonly waiting: Map<number, CopyId[]>;
  /** No number above this has been looked at. */
  highest: number;
}

/** Which number of which folder is which copy of the walk. Two copies of one letter in one folder may stand for each other. */
export interface Register {
  place(user: string, folder: string): PlaceBook;
  lodging(copy: CopyId): Lodging;
  /** Null where it was not found again after a renumbering: the console had taken it away before. */
  uidOf(copy: CopyId): number | null;
  expect(copy: CopyId, lodging: Lodging): void;
  arrived(user: string, folder: string, letter: { readonly uid: number; readonly serial: number }): void;
  forget(copy: CopyId): void;
  /** All wait for their new numbers. */
  renumbered(user: string, folder: string): void;
  /** Nobody waits any longer: who has no number by now is not there. */
  settled(user: string, folder: string): void;
}

export function createRegister(): Register {
  const places = new Map<string, PlaceBook>();
  const lodgings = new Map<CopyId, Lodging & { uid: number | null }>();

  const place = (user: string, folder: string): PlaceBook => {
    const key = placeKey(user, folder);
    const book = places.get(key) ?? { copies: new Map(), waiting: new Map(), highest: 0 };
    places.set(key, book);
    return book;
  };
  const lodging = (copy: CopyId) => {
    const found = lodgings.get(copy);
    if (found === undefined) throw new Error(`copy ${copy} has no place`);
    return found;
  };
  const wait = ({ waiting }: PlaceBook, serial: number, copy: CopyId): void => {
    waiting.set(serial, [...(waiting.get(serial) ?? []), copy]);
  };

  return {
    place,
    lodging,
    uidOf: (copy) => lodging(copy).uid,
    expect(copy, at) {
      lodgings.set(copy, { ...at, uid: null });
      wait(place(at.user, at.folder), at.serial, copy);
    },
    arrived(user, folder, { uid, serial }) {
      const book = place(user, folder);
      book.highest = Math.max(book.highest, uid);
      const [copy, ...rest] = book.waiting.get(serial) ?? [];
      if (copy === undefined) return;
      if (rest.length > 0) book.waiting.set(serial, rest);
      else book.waiting.delete(serial);
      book.copies.set(uid, copy);
      lodging(copy).uid = uid;
    },
    forget(copy) {
      const { user, folder, uid } = lodging(copy);
      if (uid !== null) place(user, folder).copies.delete(uid);
      lodgings.delete(copy);
    },
    renumbered(user, folder) {
      const book = place(user, folder);
      for (const copy of book.copies.values()) {
        const known = lodging(copy);
        known.uid = null;
        wait(book, known.serial, copy);
      }
      book.copies.clear();
      book.highest = 0;
    },
    settled: (user, folder) => place(user, folder).waiting.clear(),
  };
}
