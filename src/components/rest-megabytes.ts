/**
 * Megabytes that a phone with one language still fetches behind the first screen, compressed: a number to be told before
 * they come. `npm run size` fails when the build has moved away from it by more than a tenth.
 */
export const restMegabytes = 0.3
