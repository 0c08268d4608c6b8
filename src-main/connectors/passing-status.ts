/** A gateway that waited in vain, a request that took too long: numbers of which RFC 9110 knows only some. */
export function passesByItself(status: number): boolean {
  return status >= 500 || status === 408;
}
