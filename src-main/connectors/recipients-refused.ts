import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { AppError } from '../../src-shared/errors/errors.ts';

/** What a server said to one address of the envelope. */
export interface RefusedRecipient {
  readonly address: string;
  readonly serverWords: string;
  /** What the refusal of a letter to this address alone would be called; it tells whether later may help. */
  readonly code: ErrorCode;
  /** Seconds that the server wants to be left alone with this address. */
  readonly retryAfter?: number;
}

/** Nobody was taken. Each address has its own reason, and the error as a whole only one. */
export class RecipientsRefused extends AppError {
  readonly refused: readonly RefusedRecipient[];

  constructor(whole: AppError, refused: readonly RefusedRecipient[]) {
    super(whole.code, whole.params, { cause: whole.cause });
    this.refused = refused;
  }
}
