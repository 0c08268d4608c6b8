/** How long each kind of waiting may last; tests make them short. */
export interface ConnectionTimes {
  /** Name, TCP and TLS together. */
  readonly connect: number;
  /** Mail servers that look callers up in lists are slow to greet: half a minute is seen, a minute is not. */
  readonly greeting: number;
  /** One command's whole answer: a SEARCH of a large folder takes servers tens of seconds. */
  readonly answer: number;
  /** Nothing at all comes while something should. */
  readonly silence: number;
  /** One letter, however large: 40 MB in ten minutes is 70 KB/s; slower than that is a server that drips to hold us. */
  readonly letter: number;
  /** A polite end (LOGOUT) is given this long, then the line is cut. */
  readonly farewell: number;
  /** The whole check of a connection. */
  readonly check: number;
  /** A letter to oneself: greylisting takes longer, and a person waits no longer. */
  readonly arrival: number;
}

export const usualTimes: ConnectionTimes = {
  connect: 30_000,
  greeting: 30_000,
  answer: 120_000,
  silence: 60_000,
  letter: 600_000,
  farewell: 2_000,
  check: 60_000,
  arrival: 180_000,
};
