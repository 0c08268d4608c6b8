import { z } from 'zod';
import { type ErrorCode, errorCodes } from './codes.ts';
import { AppError } from './errors.ts';

export const wireErrorSchema = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(errorCodes, code)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** An error as plain data: for the wire, and for the store where a failure is kept. */
export type WireError = Readonly<z.infer<typeof wireErrorSchema>>;

/** Electron rebuilds a thrown Error on the far side and loses its class, so errors travel as data. */
export function toWire(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, params: error.params };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', params: {} };
  return { code: 'internal.defect', params: {} };
}

export function fromWire({ code, params }: WireError): AppError {
  return new AppError(Object.hasOwn(errorCodes, code) ? code : 'internal.defect', params);
}
