/** A network whose people act on each other: who says what, and what each had seen when saying it. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, type ListName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { After, Card, Carried, Genesis, Role, Statement } from '../../sync-server/protocol/statement.ts'
import { cardProof } from '../../sync-server/protocol/statement-proof.ts'
import { TestList } from './entries.ts'
import { audienceKeyOf, deviceOf, keyPairOf, type TestDevice } from './keys.ts'
import {
  appendStatement,
  foundNetwork,
  joinerAsk,
  rosterEntriesOf,
  type TestNetwork,
  testTimeS,
} from './network.ts'

type WithoutAfter<Kind> = Kind extends { after: After } ? Omit<Kind, 'after'> : never
type Said = WithoutAfter<Exclude<Statement, Genesis | Carried>>

/** One device and its roster list. */
export interface Seat {
  id: DeviceId
  device: TestDevice
  list: TestList
}

/** What somebody had seen: all there is, nothing since his own last statement, or what there was at a moment. */
export type Saw = 'all' | 'nothing' | ReadonlyMap<ListName, number>

export const cardOf = async ({ signing, receiving }: TestDevice): Promise<Card> => {
  const keys = { signKey: signing.raw, receiveKey: receiving.raw }
  return { ...keys, proof: await signing.sign(cardProof(keys)) }
}

export class Council {
  readonly network: TestNetwork
  readonly founder: Seat
  readonly seats: Seat[] = []

  private constructor(network: TestNetwork) {
    this.network = network
    this.founder = { id: network.founder.id, device: network.founder, list: network.roster }
    this.seats.push(this.founder)
  }

  /** A founder and as many more coordinators as there are names. */
  static async of(...coordinators: string[]): Promise<[Council, Seat, ...Seat[]]> {
    const council = new Council(await foundNetwork('council'))
    const { founder } = council
    const seats: Seat[] = [founder]
    for (const name of coordinators) {
      const seat = await council.join(name, 'coordinator')
      // the fourth and later ones take a second voice
      if (seats.length > 2)
        await council.say(seats[1] as Seat, { type: 'role', device: seat.id, role: 'coordinator' })
      seats.push(seat)
    }
    return [council, founder, ...seats.slice(1)]
  }

  /** Lengths of all lists now. */
  now(): Map<ListName, number> {
    return new Map(this.seats.map(({ list }) => [list.name, list.length]))
  }

  async say({ list }: Seat, said: Said, saw: Saw = 'all'): Promise<Bytes> {
    const seen = saw === 'nothing' ? new Map<ListName, number>() : saw === 'all' ? this.now() : saw
    const after = [...seen].filter(([name]) => name !== list.name)
    return appendStatement(list, { ...said, after } as Exclude<Statement, Carried>)
  }

  /** Somebody new, by a card; whoever lets him in has seen all unless told otherwise. */
  async join(name: string, role: Role = 'member', by: Seat = this.founder, saw: Saw = 'all'): Promise<Seat> {
    const seat = await this.seat(name)
    const card = await cardOf(seat.device)
    await this.say(by, { type: 'admit', device: seat.id, role, card }, saw)
    // by his first words he has seen how he came in
    await this.say(seat, { type: 'name' })
    return seat
  }

  /** A device with an empty list that nobody has let in. */
  async seat(name: string): Promise<Seat> {
    const device = await deviceOf(`council/${name}`)
    const seat = { id: device.id, device, list: new TestList(this.network.id, rosterRoom, device) }
    this.seats.push(seat)
    return seat
  }

  /** Another phone of the same person. */
  async addDevice(by: Seat, name: string, saw: Saw = 'all'): Promise<Seat> {
    const seat = await this.seat(name)
    await this.say(by, { type: 'device', device: seat.id, card: await cardOf(seat.device) }, saw)
    return seat
  }

  async ask(name: string, inviteName: string, atS = testTimeS + 60): Promise<Seat> {
    const key = await keyPairOf(inviteName)
    const { device, roster } = await joinerAsk(this.network, { key }, `council/${name}`, { atS })
    const seat = { id: device.id, device, list: roster }
    this.seats.push(seat)
    return seat
  }

  async invite(
    by: Seat,
    name: string,
    terms: { role?: Role; approval?: boolean; uses?: number } = {},
    saw: Saw = 'all',
  ): Promise<Bytes> {
    const { raw } = await keyPairOf(name)
    const wishes = { role: 'member' as const, approval: false, uses: 9, ...terms }
    await this.say(by, { type: 'invite', key: raw, expiresS: testTimeS + 1000, ...wishes }, saw)
    return raw
  }

  /** A removal with a new key for every chain that the removed one held, named after the remover. */
  async remove(by: Seat, whom: Seat | readonly Seat[], saw: Saw = 'all'): Promise<Bytes> {
    const seats = Array.isArray(whom) ? (whom as readonly Seat[]) : [whom as Seat]
    const key = await audienceKeyOf(`removal/${by.id}/${by.list.length}`)
    const devices = seats.map(({ id }) => id)
    return this.say(
      by,
      { type: 'remove', devices, pins: new Map(), newestMonth: null, keys: { all: key } },
      saw,
    )
  }

  entries(seats: readonly Seat[] = this.seats): RosterEntry[] {
    return rosterEntriesOf(...seats.map(({ list }) => list))
  }

  roster(seats?: readonly Seat[]): Roster {
    return reduceRoster(this.entries(seats))
  }
}
