/** Every statement in each form that the rules tell apart, as anybody would write it. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { RoomName } from '../../sync-server/protocol/ids.ts'
import type { Role } from '../../sync-server/protocol/statement.ts'
import { cardOf, type Saw, type Seat } from '../support/council.ts'
import { TestList } from '../support/entries.ts'
import { audienceKeyOf, keyPairOf } from '../support/keys.ts'
import { appendStatement, testTimeS } from '../support/network.ts'
import type { Person, Stage } from './stage.ts'

export interface StatementAction {
  /** as the tables of `verdicts.md` name it */
  name: string
  size?: 'two'
  /** said before, by others or by the actor himself, and known to everybody */
  before?: (stage: Stage, actor: Seat) => Promise<unknown>
  act: (stage: Stage, actor: Seat, saw: Saw) => Promise<unknown>
}

type Said = Parameters<Stage['council']['say']>[1]

const say =
  (said: (stage: Stage, actor: Seat) => Said | Promise<Said>): StatementAction['act'] =>
  async (stage, actor, saw) =>
    stage.council.say(actor, await said(stage, actor), saw)

const idOf = (stage: Stage, person: Person) => stage.person(person).id

const invite = (name: string, role: Role, approval: boolean): StatementAction => ({
  name: `invite ${name}`,
  act: say(async () => {
    const { raw } = await keyPairOf(`matrix/${name}`)
    return { type: 'invite', key: raw, role, approval, uses: 1, expiresS: testTimeS + 1000 }
  }),
})

const allowMembers = ({ council, people }: Stage): Promise<Bytes> =>
  council.say(people.founder as Seat, { type: 'settings', membersMayInvite: true })

const inviteWhereAllowed = (name: string, role: Role, approval: boolean): StatementAction => ({
  ...invite(`${name}, members may`, role, approval),
  before: allowMembers,
})

const card = async (stage: Stage, role: Role, proof?: Bytes): Promise<Said> => {
  const guest = await keyPairOf('matrix/guest/receive')
  const { id, device } = await strangerOf(stage)
  const made = await cardOf({ ...device, receiving: guest })
  return { type: 'admit', device: id, role, card: proof ? { ...made, proof } : made }
}

/** A phone that nobody has seen yet; it has no list. */
const strangerOf = async (stage: Stage): Promise<Seat> => {
  const seat = await stage.council.seat('guest with a card')
  stage.council.seats.pop()
  return seat
}

const admit = (name: string, role: Role): StatementAction => ({
  name: `admit ${name}`,
  act: say((stage) => ({ type: 'admit', device: idOf(stage, 'asker'), role, card: null })),
})
const meet = (name: string, role: Role, proof?: Bytes): StatementAction => ({
  name: `meet ${name}`,
  act: say((stage) => card(stage, role, proof)),
})
const change = (name: string, person: Person, role: Role, size?: 'two'): StatementAction => ({
  name: `role ${name}`,
  ...(size ? { size } : {}),
  act: say((stage) => ({ type: 'role', device: idOf(stage, person), role })),
})
const changeSelf = (name: string, role: Role): StatementAction => ({
  name: `role ${name}`,
  act: say((_, { id }) => ({ type: 'role', device: id, role })),
})

const removalOf = async (stage: Stage, actor: Seat, persons: readonly Person[]): Promise<Said> => {
  const key = await audienceKeyOf(`matrix/act/${actor.id}`)
  const devices = persons.map((person) => idOf(stage, person))
  return { type: 'remove', devices, pins: new Map(), newestMonth: null, keys: { all: key } }
}
const remove = (name: string, persons: readonly Person[], size?: 'two'): StatementAction => ({
  name: `remove ${name}`,
  ...(size ? { size } : {}),
  act: say((stage, actor) => removalOf(stage, actor, persons)),
})

/** Another coordinator than the actor has said the same before. */
const second = (action: StatementAction): StatementAction => ({
  ...action,
  name: `${action.name}, as the second`,
  before: (stage, actor) => {
    const first = stage.person(actor.id === idOf(stage, 'coordinator') ? 'junior' : 'coordinator')
    return action.act(stage, first, 'all')
  },
})

const month = '2026-11' as RoomName
const pins = (stage: Stage, person: Person) => {
  const list = stage.person(person).list.name
  return new Map([[month, new Map([[list, { length: 1, head: new Uint8Array(32) }]])]])
}

/** Two entries that the neighbour signed for one place, or one of his and one that he did not sign. */
const fork = async (stage: Stage, isForged: boolean): Promise<Said> => {
  const { device } = stage.person('neighbour')
  const [one, other] = [0, 1].map(() => new TestList(stage.council.network.id, month, device))
  const signed = [one as TestList, other as TestList]
  await signed[0]?.append({ kind: 2, publicPart: new Uint8Array([1]) })
  await signed[1]?.append({ kind: 2, publicPart: new Uint8Array([2]) })
  const [x, y] = signed.map((list) => list.entries[0] as Bytes) as [Bytes, Bytes]
  if (isForged) y[y.length - 1] = (y.at(-1) as number) ^ 1
  const { name } = signed[0] as TestList
  const signKey = device.signing.raw
  return {
    type: 'fork',
    room: month,
    list: name,
    index: 0,
    previous: new Uint8Array(32),
    signKey,
    entries: [x, y],
  }
}

const makeOwnInvite = (stage: Stage, actor: Seat) =>
  stage.council.invite(actor, 'own', { approval: true, uses: 1 })
const addOwnPhone = async (stage: Stage, actor: Seat) => {
  const seat = await stage.council.seat('own second phone')
  await stage.council.say(actor, { type: 'device', device: seat.id, card: await cardOf(seat.device) })
}
const ownPhone = async (stage: Stage) => {
  const seat = await stage.council.seat('own second phone')
  stage.council.seats.pop()
  return seat.id
}

/** In the order of the tables. */
export const statementActions: readonly StatementAction[] = [
  invite('a follower', 'follower', false),
  invite('a member', 'member', false),
  invite('a coordinator', 'coordinator', false),
  invite('a follower by approval', 'follower', true),
  invite('a member by approval', 'member', true),
  invite('a coordinator by approval', 'coordinator', true),
  inviteWhereAllowed('a member', 'member', false),
  inviteWhereAllowed('a follower by approval', 'follower', true),
  inviteWhereAllowed('a member by approval', 'member', true),
  inviteWhereAllowed('a coordinator by approval', 'coordinator', true),
  {
    name: 'cancel his own invite',
    before: async (stage, actor) => {
      await allowMembers(stage)
      await makeOwnInvite(stage, actor)
    },
    act: say(async () => ({ type: 'cancel', key: (await keyPairOf('own')).raw })),
  },
  {
    name: 'cancel another’s invite',
    act: say(async () => ({ type: 'cancel', key: (await keyPairOf('open')).raw })),
  },
  admit('who waits as a follower', 'follower'),
  admit('who waits as a member', 'member'),
  admit('who waits as a coordinator', 'coordinator'),
  {
    name: 'admit himself as a member',
    act: say((_, { id }) => ({ type: 'admit', device: id, role: 'member', card: null })),
  },
  meet('face to face as a member', 'member'),
  meet('face to face as a coordinator', 'coordinator'),
  meet('with a forged card', 'member', new Uint8Array(64).fill(1)),
  change('member to coordinator', 'other', 'coordinator'),
  second(change('member to coordinator', 'other', 'coordinator')),
  change('follower to member', 'listener', 'member'),
  change('member to follower', 'other', 'follower'),
  change('newest coordinator to member', 'newest', 'member'),
  second(change('newest coordinator to member', 'newest', 'member')),
  change('founder to member', 'founder', 'member'),
  change('of two: member to coordinator', 'other', 'coordinator', 'two'),
  change('of two: coordinator to member', 'coordinator', 'member', 'two'),
  change('of two: founder to member', 'founder', 'member', 'two'),
  changeSelf('himself to coordinator', 'coordinator'),
  changeSelf('himself to follower', 'follower'),
  remove('a member', ['other']),
  remove('a follower', ['listener']),
  remove('the newest coordinator', ['newest']),
  second(remove('the newest coordinator', ['newest'])),
  remove('the founder', ['founder']),
  second(remove('the founder', ['founder'])),
  remove('of two: the coordinator', ['coordinator'], 'two'),
  remove('of two: the founder', ['founder'], 'two'),
  remove('two persons at once', ['other', 'listener']),
  remove('who is out already', ['gone']),
  {
    name: 'rotate',
    act: say(async (_, { id }) => {
      const key = await audienceKeyOf(`matrix/rotate/${id}`)
      return { type: 'rotate', keys: { all: key, members: key.slice().reverse() } }
    }),
  },
  {
    name: 'pin who is out',
    act: say((stage) => ({ type: 'pin', devices: [idOf(stage, 'gone')], pins: pins(stage, 'gone') })),
  },
  {
    name: 'pin who is in',
    act: say((stage) => ({ type: 'pin', devices: [idOf(stage, 'other')], pins: pins(stage, 'other') })),
  },
  {
    name: 'device of his own',
    act: say(async (stage) => {
      const { id, device } = await strangerOf(stage)
      return { type: 'device', device: id, card: await cardOf(device) }
    }),
  },
  {
    name: 'device that is another’s',
    act: say(async (stage) => {
      const { id, device } = stage.person('neighbour')
      return { type: 'device', device: id, card: await cardOf(device) }
    }),
  },
  {
    name: 'retire his own second phone',
    before: addOwnPhone,
    act: say(async (stage) => ({ type: 'retire', device: await ownPhone(stage) })),
  },
  {
    name: 'retire another’s phone',
    act: say((stage) => ({ type: 'retire', device: idOf(stage, 'neighbour') })),
  },
  { name: 'leave', act: say(() => ({ type: 'leave' })) },
  { name: 'settings', act: say(() => ({ type: 'settings', membersMayInvite: true })) },
  { name: 'fork that is true', act: say((stage) => fork(stage, false)) },
  { name: 'fork that is forged', act: say((stage) => fork(stage, true)) },
  { name: 'name himself', act: say(() => ({ type: 'name' })) },
  {
    name: 'genesis of another network',
    act: (_, { device, list }) =>
      appendStatement(list, {
        type: 'genesis',
        signKey: device.signing.raw,
        receiveKey: device.receiving.raw,
        nonce: new Uint8Array(16),
        keys: { all: new Uint8Array(32), members: new Uint8Array(32), coordinators: new Uint8Array(32) },
        atS: testTimeS,
      }),
  },
]
