/** What the invented people write about. `{n}` is a number of its own for each letter thread, `{room}` a room. */
export interface StockThread {
  readonly language: 'ru' | 'en';
  readonly subject: string;
  /** The customer begins, the company answers, and so on. Greetings and names are added. */
  readonly turns: readonly string[];
  /** Goes with the first letter. */
  readonly file?: StockFile;
  /** The first letter is styled HTML with its text beside it. */
  readonly styled?: boolean;
}

export type StockFile = 'picture' | 'invoice' | 'table' | 'log';
