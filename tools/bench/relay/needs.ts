/** What neighbours have written in a room: needs with five fields, the same on every side, until Yjs holds 72 KiB of them. */
import * as Y from 'yjs'
import { filledRoomBytes } from './sizes.ts'

type Need = Record<string, string | number>

const needOf = (n: number): Need => ({
  category: 'food',
  title: `سلة غذائية رقم ${n}`,
  urgency: 'week',
  quantity: 1,
  area: 'شارع ١٢',
})

const idOf = (n: number): string => Buffer.from(`need ${n}`.padEnd(16)).toString('base64url')

export interface FilledRoom {
  needs: Need[]
  /** all of it, as a Yjs update of one client */
  update: Uint8Array
  stateVector: Uint8Array
}

export const fillRoom = (): FilledRoom => {
  const doc = new Y.Doc()
  const needs: Need[] = []
  const map = doc.getMap('needs') as Y.Map<Y.Map<unknown>>
  let update = Y.encodeStateAsUpdate(doc)
  while (update.length < filledRoomBytes) {
    for (let i = 0; i < 10; i++) {
      const need = needOf(needs.length)
      doc.transact(() => map.set(idOf(needs.length), new Y.Map(Object.entries(need))))
      needs.push(need)
    }
    update = Y.encodeStateAsUpdate(doc)
  }
  return { needs, update, stateVector: Y.encodeStateVector(doc) }
}
