/** The roster as reduced so far, and the few ways in which it changes. */

import { clientPrefix, type DeviceId, type ListName } from './ids.ts'
import type { Asker, Device, FormerDevice, OpenInvite } from './roster.ts'
import { RosterKeys } from './roster-keys.ts'
import { RosterKnowledge } from './roster-knowledge.ts'
import { RosterVotes } from './roster-votes.ts'
import { audiencesOfRole, type Role, roles } from './statement.ts'

/** A statement's place; its author is the list's device. */
export interface Place {
  author: DeviceId
  list: ListName
  index: number
}

/** A removal that its author was allowed to ask for, whether or not it took another one. */
export interface Ballot extends Place {
  /** persons */
  by: DeviceId
  member: DeviceId
  /** it needed nobody else */
  isAlone: boolean
}

/** More devices than a network has: a place within a person's rank. */
const devicesInRank = 2 ** 24

const rankOfRole = (role: Role): number => roles.indexOf(role)

/** See {@link Device.writesAs}. */
const writesAsNow = (before: Role, role: Role, isOwnWish: boolean): Role => {
  if (isOwnWish || rankOfRole(role) >= rankOfRole(before)) {
    return rankOfRole(role) > rankOfRole(before) ? role : before
  }
  return role === 'follower' ? 'member' : role
}

export class RosterState {
  readonly devices = new Map<DeviceId, Device>()
  readonly former = new Map<DeviceId, FormerDevice>()
  readonly askers = new Map<DeviceId, Asker>()
  readonly invites = new Map<string, OpenInvite>()
  readonly keys = new RosterKeys()
  readonly knowledge = new RosterKnowledge()
  readonly votes = new RosterVotes()
  readonly ballots: Ballot[] = []
  /** by list, where its author called himself something, and was not out by then */
  readonly names = new Map<ListName, number[]>()
  membersMayInvite = false
  readonly #prefixes = new Set<number>()
  readonly #ranks = new Map<DeviceId, number>()
  /** of former devices, as {@link RosterKnowledge} has it */
  readonly #ends = new Map<DeviceId, bigint>()

  /** Active or former. */
  known(id: DeviceId): Device | null {
    return this.devices.get(id) ?? this.former.get(id) ?? null
  }

  /** Lower = more senior: by the admission of the person, then of the device; null for who was never admitted. */
  rankOf(id: DeviceId): number | null {
    return this.#ranks.get(id) ?? null
  }

  isSenior(person: DeviceId, to: DeviceId): boolean {
    return (this.rankOf(person) ?? 0) < (this.rankOf(to) ?? 0)
  }

  /** Its id, or the first bits that make its Yjs clients, belong to somebody already. */
  isTaken(id: DeviceId): boolean {
    return this.#prefixes.has(clientPrefix(id))
  }

  /** Active ones. */
  devicesOf(person: DeviceId): Device[] {
    return [...this.devices.values()].filter(({ member }) => member === person)
  }

  /** Persons. */
  coordinators(): Set<DeviceId> {
    const coordinators = [...this.devices.values()].filter(({ role }) => role === 'coordinator')
    return new Set(coordinators.map(({ member }) => member))
  }

  /** Null for somebody without an active device. */
  roleOf(person: DeviceId): Role | null {
    return this.devicesOf(person)[0]?.role ?? null
  }

  admit(device: Omit<Device, 'seniority' | 'writesAs'>): void {
    const seniority = this.#ranks.size
    this.devices.set(device.id, { ...device, seniority, writesAs: device.role })
    this.askers.delete(device.id)
    this.#prefixes.add(clientPrefix(device.id))
    const person = device.member === device.id ? seniority : this.known(device.member)?.seniority
    this.#ranks.set(device.id, (person ?? seniority) * devicesInRank + seniority)
  }

  noteName({ author, list, index }: Place): void {
    if (this.former.has(author)) return
    const indexes = this.names.get(list) ?? []
    this.names.set(list, indexes)
    indexes.push(index)
  }

  setRole(person: DeviceId, role: Role, place: Place): void {
    const before = this.roleOf(person)
    const isOwnWish = this.known(place.author)?.member === person
    for (const device of this.devicesOf(person))
      this.devices.set(device.id, {
        ...device,
        role,
        writesAs: writesAsNow(device.writesAs, role, isOwnWish),
      })
    this.votes.forgetAbout(person)
    if (!before) return
    const lost = audiencesOfRole[before].filter((audience) => !audiencesOfRole[role].includes(audience))
    if (lost.length > 0) this.keys.lose(lost, this.knowledge.end(place.list, place.index))
    if (before === 'coordinator') this.#disempower(person)
  }

  /** These devices of one person are no longer in; gives what became of them. */
  end(devices: readonly Device[], end: FormerDevice['end'], place: Place): FormerDevice[] {
    const [first] = devices
    if (!first) return []
    const chainLengths = this.keys.lengths()
    const bit = this.knowledge.end(place.list, place.index)
    this.keys.lose(audiencesOfRole[first.role], bit)
    const by = place.author
    const ended = devices.map(
      (device): FormerDevice => ({ ...device, end, by, chainLengths, pins: new Map(), newestMonth: null }),
    )
    for (const device of ended) {
      this.devices.delete(device.id)
      this.former.set(device.id, device)
      this.#ends.set(device.id, bit)
      this.cancelInvites(({ by }) => by === device.id)
    }
    if (this.devicesOf(first.member).length > 0) return ended
    this.votes.forgetAbout(first.member)
    this.#disempower(first.member)
    return ended
  }

  /** Phones of a person that left, or were laid aside, and the statement at this place did not know it. */
  goneUnseen(person: DeviceId, { list, index }: Place): DeviceId[] {
    const known = this.knowledge.of(list, index)
    const isUnseen = ({ id, member, end }: FormerDevice): boolean =>
      member === person && end !== 'removed' && ((this.#ends.get(id) ?? 0n) & known) === 0n
    return [...this.former.values()].filter(isUnseen).map(({ id }) => id)
  }

  cancelInvites(which: (invite: OpenInvite) => boolean): void {
    for (const invite of this.invites.values()) if (which(invite)) invite.cancelled = true
  }

  #disempower(person: DeviceId): void {
    this.votes.forgetBy(person)
    this.cancelInvites(({ by }) => this.known(by)?.member === person)
  }
}
