import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { AppError } from '../../../src-shared/errors/errors.ts';
import { refusalError } from './errors.ts';
import { ews } from './library.ts';

interface LibraryResponse {
  readonly Result: ews.ServiceResult;
  readonly ErrorCode: ews.ServiceError;
  readonly ErrorMessage: string;
  readonly ErrorDetails?: { get?(name: string): unknown } | null;
}

/** Why one of several things that were asked for was not done; null where it was. */
export function refusalOf(response: LibraryResponse, endpoint: Endpoint): AppError | null {
  if (response.Result === ews.ServiceResult.Success) return null;
  const { ErrorCode: code, ErrorMessage: words, ErrorDetails: details } = response;
  // A code that the library does not know has no number.
  const responseCode = ews.ServiceError[code] ?? 'Error';
  const backOff = Number(details?.get?.('BackOffMilliseconds') ?? Number.NaN);
  return refusalError({ responseCode, words: words ?? '', backOff: Number.isNaN(backOff) ? null : backOff }, endpoint);
}

/** The same for what the library throws where one thing alone was asked for. */
export function thrownRefusal(error: unknown, endpoint: Endpoint): unknown {
  const response = (error as { readonly Response?: LibraryResponse } | null)?.Response;
  return response && 'ErrorCode' in response ? (refusalOf(response, endpoint) ?? error) : error;
}
