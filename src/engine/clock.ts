/** Time as this phone knows it (PROTOCOL.md, "Clock"): for rooms, tokens and display, never for order. */

export interface ClockState {
  /** ms to add to the phone's clock, as of the last answer of a relay */
  offsetMs: number
  /** relay time of the last answer, or the build's time before any */
  lastKnownMs: number
  /** the phone's clock at that moment */
  heardAtMs: number
}

const farthestAheadMs = 400 * 24 * 3600 * 1000

export const initialClock = (buildMs: number, phoneMs: number): ClockState => ({
  offsetMs: 0,
  lastKnownMs: buildMs,
  heardAtMs: phoneMs,
})

/** Every answer replaces offset and last relay time, also downwards. */
export const heardRelay = (relayMs: number, phoneMs: number): ClockState => ({
  offsetMs: relayMs - phoneMs,
  lastKnownMs: relayMs,
  heardAtMs: phoneMs,
})

/**
 * Phone clock + offset if that lies within [last known, + 400 days]; else the phone clock alone if it does; else last
 * known + what has passed on the phone since. A clock that was set back or forth by years says nothing about that.
 */
export const timeOf = (clock: ClockState, phoneMs: number): number => {
  const plausible = (ms: number) => ms >= clock.lastKnownMs && ms <= clock.lastKnownMs + farthestAheadMs
  if (plausible(phoneMs + clock.offsetMs)) return phoneMs + clock.offsetMs
  if (plausible(phoneMs)) return phoneMs
  const passedMs = phoneMs - clock.heardAtMs
  return clock.lastKnownMs + (passedMs > 0 && passedMs <= farthestAheadMs ? passedMs : 0)
}
