/** Leaving: who ends what by it, and what months can bring afterwards. */
import { describe, expect, test } from 'vitest'
import type { RoomName } from '../../../sync-server/protocol/ids.ts'
import { Council, type Seat } from '../../support/council.ts'

const month = '2026-11' as RoomName
const board = 'board' as RoomName

describe('leaving', () => {
  test('is everybody’s own: all phones, and his open invites with him', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const second = await council.addDevice(a, 'a2')
    await council.invite(a, 'his')
    await council.invite(founder, 'hers')
    await council.say(second, { type: 'leave' })
    const { devices, former, invites } = council.roster()
    expect([...devices.keys()]).toEqual([founder.id])
    expect([...former.values()].map(({ id, end, by }) => ({ id, end, by }))).toEqual([
      { id: a.id, end: 'left', by: second.id },
      { id: second.id, end: 'left', by: second.id },
    ])
    expect([...invites.values()].map(({ cancelled }) => cancelled)).toEqual([true, false])
  })

  test('ends what months can bring with the newest that a coordinator pins, for a phone laid aside as well', async () => {
    const [council, founder] = await Council.of()
    const [gone, owner] = [await council.join('gone'), await council.join('owner')]
    const lost = await council.addDevice(owner, 'lost')
    const removed = await council.join('removed')
    await council.say(gone, { type: 'leave' })
    await council.say(owner, { type: 'retire', device: lost.id })
    await council.remove(founder, removed)
    const pins = new Map([
      [board, new Map()],
      ['2026-10' as RoomName, new Map()],
      [month, new Map()],
    ])
    await council.say(founder, { type: 'pin', devices: [gone.id, lost.id, removed.id], pins })
    const { former } = council.roster()
    const newest = [gone, lost, removed].map(({ id }) => former.get(id)?.newestMonth)
    // of who was removed the removal says it
    expect(newest).toEqual([month, month, null])
  })
})
