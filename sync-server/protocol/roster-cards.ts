/** Sign keys of those whom somebody let in by a card, also where his statement is void. */

import type { Bytes } from './bytes.ts'
import { type DeviceId, parseListName } from './ids.ts'
import type { EntriesByList } from './roster-causes.ts'
import type { RosterState } from './roster-state.ts'

interface Given {
  by: DeviceId
  device: DeviceId
  signKey: Bytes
}

const givenIn = (lists: EntriesByList): Given[] =>
  [...lists].flatMap(([list, entries]) => {
    const by = parseListName(list)?.device
    return [...entries.values()].flatMap(({ statement }) => {
      const isCard = statement?.type === 'admit' || statement?.type === 'device'
      if (!by || !isCard || !statement.card) return []
      return [{ by, device: statement.device, signKey: statement.card.signKey }]
    })
  })

/** By who is or was in, and by those whom such a card let in: who only asks gives none. */
export const cardsIn = (lists: EntriesByList, state: RosterState): Map<DeviceId, Bytes> => {
  const cards = new Map<DeviceId, Bytes>()
  let open = givenIn(lists)
  for (let isMoving = true; isMoving; ) {
    const sound = open.filter(({ by }) => state.known(by) !== null || cards.has(by))
    for (const { device, signKey } of sound) cards.set(device, signKey)
    const taken = new Set(sound)
    open = open.filter((given) => !taken.has(given))
    isMoving = sound.length > 0
  }
  return cards
}
