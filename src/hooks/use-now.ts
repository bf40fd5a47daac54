/** The time of the page, ms since 1970 by the corrected clock; it moves once a minute, so that «قبل ساعة» stays true. */

import { useDoor } from './door.ts'

export const useNow = (): number => {
  const door = useDoor()
  return door.now.value + door.status.value.clockOffsetMs
}
