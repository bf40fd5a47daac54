/** The roster: who is admitted, by whom, and what a rule keeps out. */
import { describe, expect, test } from 'vitest'
import { encodeAny } from '../../../sync-server/protocol/any.ts'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../../sync-server/protocol/entry.ts'
import { type DeviceId, idBytes, listNameOf } from '../../../sync-server/protocol/ids.ts'
import type { RosterEntry } from '../../../sync-server/protocol/roster-order.ts'
import { emptyRoster, reduceRoster } from '../../../sync-server/protocol/roster-reducer.ts'
import { type Ask, type Genesis, inviteIdOf } from '../../../sync-server/protocol/statement.ts'
import type { TestList } from '../../support/entries.ts'
import {
  appendName,
  appendStatement,
  appendWraps,
  foundNetwork,
  invite,
  joinerAsk,
  rosterEntriesOf,
  type TestNetwork,
  testTimeS,
} from '../../support/network.ts'

const reduce = (...lists: TestList[]) => reduceRoster(rosterEntriesOf(...lists))
const reasonOf = (roster: ReturnType<typeof reduce>, id: DeviceId) => roster.askers.get(id)?.reason
const carried = (list: TestList, after: [string, number][] = []) =>
  list.append({
    kind: entryKind.statement,
    publicPart: encodeAny({ t: 'later', a: after, devices: ['later'] }),
  })

/** A network with one joined device of that role. */
const joined = async (role: 'coordinator' | 'member' | 'follower', seed = 'joiner') => {
  const network = await foundNetwork()
  const joiner = await joinerAsk(network, await invite(network, seed, { role }), seed)
  return { network, ...joiner }
}
const founderOf = ({ founder }: TestNetwork) => founder.id

describe('who is admitted', () => {
  test('nobody is in an empty roster', () => {
    expect(emptyRoster()).toMatchObject({
      devices: new Map(),
      askers: new Map(),
      applied: 0,
      waiting: 0,
      refused: 0,
    })
  })

  test('the founder is a coordinator and the first, and the chains begin with the keys of genesis', async () => {
    const network = await foundNetwork()
    const roster = reduce(network.roster)
    expect([...roster.devices.keys()]).toEqual([network.founder.id])
    expect(roster.devices.get(network.founder.id)).toMatchObject({
      role: 'coordinator',
      seniority: 0,
      invitedBy: null,
      joinedS: testTimeS,
    })
    expect(roster.chains.all).toHaveLength(1)
    expect(roster).toMatchObject({ applied: 2, waiting: 0, refused: 0 })
  })

  test('an ask with a no-approval invite is its own admission, in the role of the invite', async () => {
    for (const role of ['coordinator', 'member', 'follower'] as const) {
      const { network, device, roster } = await joined(role)
      expect(reduce(network.roster, roster).devices.get(device.id)).toMatchObject({
        role,
        seniority: 1,
        invitedBy: founderOf(network),
        signKey: device.signing.raw,
        receiveKey: device.receiving.raw,
      })
    }
  })

  test('an invite takes as many as it has uses, whoever comes later waits for a coordinator', async () => {
    const network = await foundNetwork()
    const link = await invite(network, 'twice', { uses: 2 })
    const asks = await Promise.all(['a', 'b', 'c'].map((seed) => joinerAsk(network, link, seed)))
    const roster = reduce(network.roster, ...asks.map((ask) => ask.roster))
    expect(roster.devices.size).toBe(3)
    expect([...roster.askers.values()].map(({ reason }) => reason)).toEqual(['used'])
    expect(roster.invites.get(inviteIdOf(link.key.raw))).toMatchObject({ uses: 2, used: 2 })
  })

  test('an ask made after the invite expired, and one for an invite that asks for approval, are not admitted', async () => {
    const network = await foundNetwork()
    const short = await invite(network, 'short', { expiresS: testTimeS + 10 })
    const careful = await invite(network, 'careful', { approval: true })
    const atEnd = await joinerAsk(network, short, 'at the end', { atS: testTimeS + 10 })
    const late = await joinerAsk(network, short, 'late', { atS: testTimeS + 11 })
    const asking = await joinerAsk(network, careful, 'asking')
    const roster = reduce(network.roster, late.roster, atEnd.roster, asking.roster)
    expect(roster.devices.has(atEnd.device.id)).toBe(true)
    expect(reasonOf(roster, late.device.id)).toBe('expired')
    expect(reasonOf(roster, asking.device.id)).toBe('approval')
  })

  test('a cancelled invite admits nobody, but for whom the canceller had seen', async () => {
    const network = await foundNetwork()
    const link = await invite(network, 'cancelled', { uses: 9 })
    const seen = await joinerAsk(network, link, 'seen')
    const unseen = await joinerAsk(network, link, 'unseen')
    await appendStatement(network.roster, {
      type: 'cancel',
      after: [[seen.roster.name, 1]],
      key: link.key.raw,
    })
    const roster = reduce(network.roster, unseen.roster, seen.roster)
    expect(roster.devices.has(seen.device.id)).toBe(true)
    expect(reasonOf(roster, unseen.device.id)).toBe('cancelled')
  })

  test('whatever hash a late ask was given, it comes after the cancel and pushes nobody out who was seen', async () => {
    for (const uses of [1, 2]) {
      const network = await foundNetwork()
      const link = await invite(network, 'leaked', { uses })
      const seen = await joinerAsk(network, link, 'seen')
      const late = await joinerAsk(network, link, 'late')
      await appendName(network, network.roster, 'هيوا', [[seen.roster.name, 1]])
      if (uses > 1) await appendStatement(network.roster, { type: 'cancel', after: [], key: link.key.raw })
      const chosen = rosterEntriesOf(late.roster).map((entry) => ({ ...entry, head: new Uint8Array(32) }))
      const roster = reduceRoster([...chosen, ...rosterEntriesOf(network.roster, seen.roster)])
      expect(roster.devices.has(seen.device.id)).toBe(true)
      expect(reasonOf(roster, late.device.id)).toBe(uses > 1 ? 'cancelled' : 'used')
    }
  })

  test('an ask for an invite that nobody made is known, and is not admitted', async () => {
    const network = await foundNetwork()
    const other = await invite(await foundNetwork('other'), 'else')
    const stranger = await joinerAsk(network, other, 'stranger')
    const roster = reduce(network.roster, stranger.roster)
    expect(roster.devices.size).toBe(1)
    expect(reasonOf(roster, stranger.device.id)).toBe('noInvite')
  })

  test('a device whose id begins like that of an admitted one is void', async () => {
    const { network, device } = await joined('member')
    const link = await invite(network, 'second', { uses: 5 })
    const { device: clash, roster: list } = await joinerAsk(network, link, 'clash')
    const bytes = idBytes(device.id)
    bytes[15] = (bytes[15] as number) ^ 1
    const id = toBase64url(bytes) as DeviceId
    const [ask] = rosterEntriesOf(list) as [RosterEntry]
    const admitted = await joinerAsk(network, link, 'joiner')
    const roster = reduceRoster([
      ...rosterEntriesOf(network.roster, admitted.roster),
      // the greatest head comes last among asks
      { ...ask, list: listNameOf({ device: id, generation: 0 }), head: new Uint8Array(32).fill(255) },
    ])
    expect(clash.id).not.toBe(id)
    expect(roster.devices.has(device.id)).toBe(true)
    expect(roster.devices.has(id)).toBe(false)
    expect(reasonOf(roster, id)).toBe('idTaken')
  })
})

describe('what a rule keeps out', () => {
  test('nobody but a coordinator can invite or cancel', async () => {
    for (const role of ['member', 'follower'] as const) {
      const { network, roster: list } = await joined(role)
      const open = await invite(network, 'open')
      const made = await invite(network, 'made', { by: list, role: 'coordinator' })
      await appendStatement(list, {
        type: 'cancel',
        after: [[network.roster.name, network.roster.length]],
        key: open.key.raw,
      })
      const ally = await joinerAsk(network, made, 'ally')
      const roster = reduce(network.roster, list, ally.roster)
      expect(roster.invites.has(inviteIdOf(made.key.raw))).toBe(false)
      expect(roster.invites.get(inviteIdOf(open.key.raw))?.cancelled).toBe(false)
      expect(roster.devices.has(ally.device.id)).toBe(false)
    }
  })

  test('whoever asks for an invite that its author was not allowed to make is told so, and nothing waits', async () => {
    const { network, roster: list } = await joined('member')
    const made = await invite(network, 'made', { by: list })
    const ally = await joinerAsk(network, made, 'ally')
    const roster = reduce(network.roster, list, ally.roster)
    expect(roster.waiting).toBe(0)
    expect(reasonOf(roster, ally.device.id)).toBe('noInvite')
  })

  test('one who was not admitted writes names and invites without effect', async () => {
    const network = await foundNetwork()
    const careful = await invite(network, 'careful', { approval: true, role: 'coordinator' })
    const asker = await joinerAsk(network, careful, 'asker')
    await appendName(network, asker.roster, 'متطفّل')
    const made = await invite(network, 'made', { by: asker.roster })
    const ally = await joinerAsk(network, made, 'ally')
    const roster = reduce(network.roster, asker.roster, ally.roster)
    expect([...roster.devices.keys()]).toEqual([network.founder.id])
  })

  test('an ask counts only where it opens a list, so that a proof nobody checked admits nobody', async () => {
    const network = await foundNetwork()
    const open = await invite(network, 'open', { role: 'coordinator' })
    const own = await invite(await foundNetwork('elsewhere'), 'own')
    const intruder = await joinerAsk(network, own, 'intruder')
    const forged: Ask = {
      type: 'ask',
      signKey: intruder.device.signing.raw,
      receiveKey: intruder.device.receiving.raw,
      inviteKey: open.key.raw,
      proof: new Uint8Array(64),
      atS: testTimeS,
    }
    await appendStatement(intruder.roster, forged)
    const roster = reduce(network.roster, intruder.roster)
    expect(roster.devices.has(intruder.device.id)).toBe(false)
    expect(reasonOf(roster, intruder.device.id)).toBe('noInvite')
  })

  test('a second genesis changes nothing, first in a list or later', async () => {
    const { network, device, roster: list } = await joined('member')
    const genesis: Genesis = {
      type: 'genesis',
      signKey: device.signing.raw,
      receiveKey: device.receiving.raw,
      nonce: new Uint8Array(16),
      keys: { all: new Uint8Array(32), members: new Uint8Array(32), coordinators: new Uint8Array(32) },
      atS: 0,
    }
    const before = reduce(network.roster, list)
    await appendStatement(list, genesis)
    const after = reduce(network.roster, list)
    expect(after.devices).toEqual(before.devices)
    expect(after.chains).toEqual(before.chains)
    expect(after.refused).toBe(before.refused + 1)
  })

  test('a coordinator who was invited can invite, and a key can be used for one invite only', async () => {
    const { network, device, roster: list } = await joined('coordinator')
    const made = await invite(network, 'made', { by: list, uses: 1 })
    await invite(network, 'made', { uses: 100 })
    const third = await joinerAsk(network, made, 'third')
    const fourth = await joinerAsk(network, made, 'fourth')
    const roster = reduce(network.roster, list, third.roster, fourth.roster)
    const used = roster.invites.get(inviteIdOf(made.key.raw))
    expect([founderOf(network), device.id]).toContain(used?.by)
    expect(roster.refused).toBeGreaterThan(0)
  })
})

describe('what is not here', () => {
  test('a statement of a later version keeps its place, is counted and changes nothing', async () => {
    const { network, roster: list } = await joined('member')
    const before = reduce(network.roster, list)
    await carried(network.roster, [[list.name, list.length]])
    await appendName(network, list, 'بعد', [[network.roster.name, network.roster.length]])
    const after = reduce(network.roster, list)
    const { lengths, names } = after
    expect(after).toEqual({ ...before, applied: before.applied + 2, lengths, names })
    expect(lengths.get(list.name)).toBe(list.length)
    expect(names.get(list.name)).toBe(list.length - 1)
  })

  test('a statement whose cause is missing waits with all behind it, and nothing else does', async () => {
    const { network, device, roster: list } = await joined('coordinator')
    const missing = await joinerAsk(network, await invite(network, 'missing'), 'missing')
    await appendName(network, list, 'ينتظر', [[missing.roster.name, 1]])
    const late = await invite(network, 'late', { by: list })
    const other = await joinerAsk(network, await invite(network, 'other'), 'other')
    const asking = await joinerAsk(network, late, 'asking')
    const without = reduce(network.roster, list, other.roster, asking.roster)
    expect(without.waiting).toBe(3)
    expect(without.devices.has(other.device.id)).toBe(true)
    expect(without.devices.has(device.id)).toBe(true)
    expect(without.devices.has(asking.device.id)).toBe(false)
    const whole = reduce(network.roster, list, other.roster, asking.roster, missing.roster)
    expect(whole.waiting).toBe(0)
    expect(whole.devices.has(asking.device.id)).toBe(true)
  })

  test('what stands behind a hole in its list waits', async () => {
    const { network, roster: list } = await joined('member')
    const entries = rosterEntriesOf(network.roster, list)
    const holed = entries.filter(({ list: name, index }) => name !== network.roster.name || index !== 1)
    const roster = reduceRoster(holed)
    expect(roster.devices.size).toBe(1)
    expect(roster.waiting).toBe(2)
  })

  test('a statement that comes after itself, or after more than there can be, holds up only its own list', async () => {
    const { network, roster: list } = await joined('member')
    await appendName(network, list, 'حلقة', [[list.name, list.length + 1]])
    const { roster: other } = await joinerAsk(network, await invite(network, 'other'), 'other')
    await appendName(network, other, 'بعيد', [[list.name, Number.MAX_SAFE_INTEGER]])
    const roster = reduce(network.roster, list, other)
    expect(roster.devices.size).toBe(3)
    expect(roster.waiting).toBe(2)
  })

  test('wraps and entries that are no statements are passed over', async () => {
    const { network, roster: list } = await joined('coordinator')
    await appendWraps(network, list, 'member', network.founder.receiving.raw)
    await list.append({ kind: entryKind.statement, publicPart: encodeAny('no statement') })
    await list.append({ kind: 99, publicPart: encodeAny(null) })
    await appendName(network, list, 'بعدها', [[list.name, list.length]])
    expect(reduce(network.roster, list)).toMatchObject({ waiting: 0, refused: 0 })
  })
})
