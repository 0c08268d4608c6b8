/**
 * Gmail's words for a day's measure that is used up ("Account exceeded command or bandwidth limits"), under [OVERQUOTA], [ALERT] or no code. The mailbox is not full:
 * it passes by itself.
 */
export const measureUsedUp = /(?:command|bandwidth) limits?/i;

/**
 * At a sign-in, of the server and not of who signs in ("Server Unavailable. 15", "Temporary system problem"). An account that is temporarily locked is another matter:
 * asking again would lock it for longer.
 */
export const awayForNow =
  /(?:server|service|system) (?:is )?(?:temporarily |currently )?(?:unavailable|not available)|temporary (?:\w+ )?(?:error|failure|problem)|(?:system|internal|internal server) error/i;
