/** What bounds the relay's own connections when nobody says otherwise; those of the wire are in protocol/limits.ts. */

export const usualBounds = {
  /** how long a sender may pause within its head or body; a reader may twice that */
  idleMs: 60_000,
  /** a phone on 2G sends 4 MiB in twenty minutes; what matters is that it does not pause */
  requestTimeoutMs: 30 * 60_000,
  maxConnections: 2000,
  /** [R32] live sockets never take all connections: there must be room to exchange */
  maxSockets: 1500,
  /** [R32] members of a whole quarter behind one address, with three rooms each */
  maxSocketsOfAddress: 600,
  /** bodies that are read and answered at once */
  maxExchanges: 100,
  /** how long what is under way may take to finish when the relay is stopped */
  drainMs: 5000,
} as const
