/** The networks on this phone: which there are, the one in use, founding a new one, asking to join another. */

import { type Bytes, equalBytes } from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, isNetworkId, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { fail, ok } from '../../sync-server/protocol/result.ts'
import { type AppDatabase, openAppDatabase } from '../storage/database.ts'
import type { NetworkRow, Place } from '../storage/schema.ts'
import type { CommandError, CommandResult, NetworkCommand } from './api.ts'
import type { BackupCommand } from './backup/backup-api.ts'
import { fetchBackupActs, runBackup } from './backup/backup-door.ts'
import type { Filling } from './backup/filling.ts'
import { readRestored } from './backup/restored-place.ts'
import { clearAbandoned } from './clear-abandoned.ts'
import { initialClock, timeOf } from './clock.ts'
import { ask, found, type KeptInvite, keptInvite, type NewMembership, readInvite } from './joining.ts'
import type { LocalNetwork, RosterNews } from './local-network.ts'
import { nameProblem } from './name-problem.ts'
import type { PacketCommand } from './packets/packet-api.ts'
import { runPacket } from './packets/packet-door.ts'
import { fetchRareActs } from './people/fetch-rare-acts.ts'
import { forgetMeeting, keptMeeting, type Meeting } from './people/kept-meeting.ts'
import type { RosterCommand } from './people/people.ts'
import { Places, type PlacesParts } from './places.ts'
import type { EntryDraft } from './writer.ts'

/** Where the app came from is the relay of networks without one of their own. */
export type NetworksParts = Omit<PlacesParts, 'onRoster'>

type Create = NetworkCommand & { type: 'network.create' }
type Join = NetworkCommand & { type: 'network.join' }
type Meet = NetworkCommand & { type: 'network.meet' }

/** A place that is being made: `before` stays readable until this phone is in. */
interface NewPlace {
  made: NewMembership
  nickname: string
  language: string
  before: DeviceId | null
}

/** Where this phone was before it asked again: kept until it is in. */
const placeBefore = ({ networkId, before }: NetworkRow): Place[] =>
  before ? [{ networkId, deviceId: before }] : []

export class Networks {
  readonly #parts: NetworksParts
  readonly #app: AppDatabase
  readonly #places: Places
  #local: LocalNetwork | null = null
  #meeting: Meeting | null = null
  /** places that the browser had lost with its database and that stand again since the start */
  putBack = 0

  constructor(parts: NetworksParts) {
    this.#parts = parts
    this.#app = openAppDatabase(parts.prefix)
    this.#places = new Places({
      ...parts,
      onRoster: (network, device, news) => this.#noteRoster(network, device, news),
    })
  }

  get local(): LocalNetwork | null {
    return this.#local
  }

  /** A card of this phone that waits for its welcome. */
  get meeting(): { card: string; nickname: string } | null {
    return this.#meeting && { card: this.#meeting.card, nickname: this.#meeting.nickname }
  }

  /** Takes up the network that was last in use, if there is one. */
  async start(): Promise<void> {
    this.putBack = await this.#places.putBack(this.#app)
    const rows = await this.#lastUsedFirst()
    for (const row of rows) {
      this.#local = await this.#places.openIfHeld(row)
      if (this.#local) break
    }
    // what is left over takes room and nothing else
    const places = rows.flatMap((row) => [row, ...placeBefore(row)])
    await clearAbandoned(this.#parts.prefix, places).catch(this.#parts.onLogFailure)
    const meeting = await keptMeeting(this.#app)
    // the fall came between entering and forgetting the card
    if (meeting && rows.some(({ deviceId }) => deviceId === meeting.keys.device))
      await forgetMeeting(this.#app)
    this.#meeting = await keptMeeting(this.#app)
  }

  /** Another of this phone's networks comes onto the screen; what was written in the one before stays there. */
  async use(network: string): Promise<CommandResult> {
    const row = isNetworkId(network) ? await this.#app.networks.get(network) : undefined
    if (!row) return fail({ code: 'notFound' })
    if (this.#local?.network === network) return ok({ networkId: row.networkId })
    await this.#takeUp(await this.#places.open(row))
    await this.#app.networks.update(row.networkId, { usedAt: await this.#nextUse() })
    return ok({ networkId: row.networkId })
  }

  async create(command: Create): Promise<CommandResult> {
    const name = command.name.trim()
    const nickname = command.nickname.trim()
    const problem = nameProblem('name', name) ?? nameProblem('nickname', nickname)
    if (problem) return fail(problem)
    const { kind, area, language } = command
    const made = await found({ name, kind, area: area.trim(), nickname, language }, this.#now())
    return this.#begin(made, nickname, language)
  }

  /** The ask is durable when this resolves; whether it is granted, the next exchange says. */
  async join(command: Join): Promise<CommandResult> {
    const nickname = command.nickname.trim()
    const problem = nameProblem('nickname', nickname)
    if (problem) return fail(problem)
    const invite = await readInvite(command.link)
    if (!invite.ok) return invite
    const { link } = invite.value
    const { language } = command
    const name = { name: nickname, languages: [language] }
    const existing = await this.#app.networks.get(link.network)
    if (!existing) return this.#begin(await ask(invite.value, name, this.#now()), nickname, language)
    const { invite: kept } = await this.#standing(existing)
    // the same link once more: the ask that waits is the one
    if (kept && equalBytes(kept.d, link.d))
      return ok({ networkId: link.network, networkName: link.networkName })
    const before = await this.#roomBeside(existing)
    if (!before) return fail({ code: 'alreadyMember' })
    if (before.isAsking) await this.#giveUp(existing)
    return this.#begin(await ask(invite.value, name, this.#now()), nickname, language, before.place)
  }

  /** The link behind a short code that somebody typed: the relay of this app is asked. */
  async findInvite(typed: string): Promise<CommandResult> {
    const { postCode, appOrigin } = this.#parts
    const acts = await fetchRareActs()
    if (!acts.ok) return acts
    if (!postCode) return fail({ code: 'codeUnknown' })
    return acts.value.findInvite(typed, (body) => postCode(appOrigin, body))
  }

  /** Face to face: the card to show. The keys of one that was shown before stay the same. */
  async meet(command: Meet): Promise<CommandResult> {
    const nickname = command.nickname.trim()
    const problem = nameProblem('nickname', nickname)
    if (problem) return fail(problem)
    const acts = await fetchRareActs()
    if (!acts.ok) return acts
    this.#meeting = await acts.value.beginMeeting(this.#app, nickname, command.language)
    return ok({ card: this.#meeting.card })
  }

  /** What a coordinator showed back: in, without any relay. */
  async enter(bytes: Uint8Array): Promise<CommandResult> {
    const meeting = this.#meeting
    const acts = await fetchRareActs()
    if (!acts.ok) return acts
    const read = await acts.value.decodeWelcome(bytes)
    if (!read.ok) return fail({ code: 'welcomeBroken' })
    if (!meeting) return fail({ code: 'welcomeNotOurs' })
    const { network, relay, networkName, updates } = read.value
    const existing = await this.#app.networks.get(network)
    if (existing?.deviceId === meeting.keys.device) return ok({ networkId: network, networkName })
    const before = existing ? await this.#roomBeside(existing) : { place: null, isAsking: false }
    if (!before) return fail({ code: 'alreadyMember' })
    const { keys, nickname, language } = meeting
    const made = { network, keys, relay, networkName, invite: null, drafts: [] }
    const place = { made, nickname, language, before: before.place }
    const local = await this.#prepare(place, await this.#carried(existing, before.place), updates)
    if (!local.isIn) {
      await local.close()
      return fail({ code: 'welcomeNotOurs' })
    }
    if (existing && before.isAsking) await this.#giveUp(existing)
    const entered = await this.#take(local, made.drafts)
    await forgetMeeting(this.#app)
    this.#meeting = null
    return entered
  }

  /**
   * After the first exchange of a join: null when it is granted or may still be. An ask that was refused, or whose
   * link is over by this phone's clock and that nobody answered, leaves nothing behind. While the exchange has not
   * ended the relay may be granting it at this moment.
   */
  async refusedJoin(hasEnded: boolean): Promise<CommandError | null> {
    const joining = await this.#local?.joining()
    const row = this.#local && (await this.#app.networks.get(this.#local.network))
    const code = joining?.problem ?? (joining?.isOver && hasEnded ? 'inviteExpired' : null)
    if (!code || !row) return null
    await this.#giveUp(row)
    const [last] = await this.#lastUsedFirst()
    if (last) this.#local = await this.#places.open(last)
    return { code }
  }

  async rename(nickname: string): Promise<CommandResult> {
    const name = nickname.trim()
    const problem = nameProblem('nickname', name)
    if (problem) return fail(problem)
    if (!this.#local) return fail({ code: 'noNetwork' })
    const renamed = await this.#local.people.rename(name)
    if (renamed.ok) await this.#app.networks.update(this.#local.network, { nickname: name })
    return renamed
  }

  /** About who is in the network in use. */
  async people(command: RosterCommand): Promise<CommandResult> {
    const row = this.#local && (await this.#app.networks.get(this.#local.network))
    if (!this.#local || !row) return fail({ code: 'noNetwork' })
    const relay = row.relay === this.#parts.appOrigin ? '' : row.relay
    return this.#local.people.run(command, { relay, networkName: row.name })
  }

  /** From phone to phone: of the network in use, and of others that this phone only carries. */
  packet(command: PacketCommand): Promise<CommandResult> {
    return runPacket(command, { app: this.#app, local: this.#local, appOrigin: this.#parts.appOrigin })
  }

  backup(command: BackupCommand): Promise<CommandResult> {
    return runBackup(command, {
      places: this.#places,
      appOrigin: this.#parts.appOrigin,
      local: () => this.#local,
      row: (network) => this.#app.networks.get(network),
      use: (network) => this.use(network),
      create: (about) => this.create({ type: 'network.create', ...about }),
      begin: async (place, filling) =>
        this.#take(await this.#prepare({ ...place, before: null }, filling), []),
    })
  }

  async close(): Promise<void> {
    await this.#local?.close()
    this.#local = null
    this.#app.close()
  }

  /**
   * Before this phone comes into a network that it has been in or asked to be: what place it keeps until it is in again,
   * and whether an ask of it still waits. Null where it is in.
   */
  async #roomBeside(row: NetworkRow): Promise<{ place: DeviceId | null; isAsking: boolean } | null> {
    const { invite, isOver } = await this.#standing(row)
    if (invite) return { place: row.before ?? null, isAsking: true }
    return isOver ? { place: row.deviceId, isAsking: false } : null
  }

  /** The invite with which this phone still asks to join, and whether its place there is over. */
  async #standing(row: NetworkRow): Promise<{ invite: KeptInvite | null; isOver: boolean }> {
    const local = this.#local
    if (local?.network !== row.networkId) return this.#places.standing(row)
    return { invite: await keptInvite(local.database), isOver: local.people.ended !== null }
  }

  /**
   * An ask that came to nothing makes room for another: nothing but the ask was ever written there. What was there
   * before it can be read again.
   */
  async #giveUp(row: NetworkRow): Promise<void> {
    if (this.#local?.network === row.networkId) {
      await this.#local.close()
      this.#local = null
    }
    const { before, memberId, ...rest } = row
    await this.#places.forget(row)
    // a window may still read its database: the next start clears it away
    if (before) await this.#app.networks.put({ ...rest, deviceId: before })
    else await this.#app.networks.delete(row.networkId)
  }

  async #begin(
    made: NewMembership,
    nickname: string,
    language: string,
    before: DeviceId | null = null,
  ): Promise<CommandResult> {
    const existing = await this.#app.networks.get(made.network)
    const filling = await this.#carried(existing, before)
    return this.#take(await this.#prepare({ made, nickname, language, before }, filling), made.drafts)
  }

  /** A new place: its database with keys and, face to face, the roster; nothing shows it yet. */
  async #prepare(
    { made, nickname, language, before }: NewPlace,
    filling: Filling | null,
    updates: readonly Bytes[] = [],
  ): Promise<LocalNetwork> {
    const { network, keys, relay, networkName } = made
    await this.#places.make(made, language, updates)
    if (filling) await this.#places.within({ networkId: network, deviceId: keys.device }, filling.pour)
    const local = await this.#places.open({
      networkId: network,
      deviceId: keys.device,
      name: networkName,
      nickname,
      createdAt: this.#now(),
      usedAt: await this.#nextUse(),
      relay,
      ...(before ? { before } : {}),
    })
    if (filling) await local.replica.adopt(filling.keys, filling.contentKeys)
    return local
  }

  /** What a place that came out of a backup holds; without the code for it nothing is begun: the one copy would stay behind. */
  async #carried(row: NetworkRow | undefined, before: DeviceId | null): Promise<Filling | null> {
    if (!row || !before) return null
    if (!(await this.#places.within({ ...row, deviceId: before }, readRestored))) return null
    const acts = await fetchBackupActs()
    if (!acts.ok) throw new Error('the code that carries a backup over did not come')
    const relay = row.relay || this.#parts.appOrigin
    return acts.value.carriedFilling(this.#places, row, before, this.#local, relay)
  }

  /** Everything that the new network needs is on disk before it is shown as ours. */
  async #take(local: LocalNetwork, drafts: readonly EntryDraft[]): Promise<CommandResult> {
    const { row } = local
    try {
      if (drafts.length > 0) await local.replica.write(drafts)
      await this.#app.networks.put(row)
      await local.tellRoster()
    } catch (error) {
      await local.close()
      throw error
    }
    await this.#takeUp(local)
    return ok({ networkId: row.networkId, networkName: row.name })
  }

  /** The one before is let go of only now: where the new one did not open, it stays in use. */
  async #takeUp(local: LocalNetwork): Promise<void> {
    const before = this.#local
    this.#local = local
    await before?.close()
  }

  /** Of the place that stands in the list; one that is being prepared tells it again. */
  async #noteRoster(
    network: NetworkId,
    device: DeviceId,
    { name, memberId, isIn, isSettled }: RosterNews,
  ): Promise<void> {
    await this.#app.networks
      .where({ networkId: network })
      .filter((row) => row.deviceId === device)
      .modify((row) => {
        if (name) row.name = name
        if (memberId !== device) row.memberId = memberId
        if (isIn && isSettled) delete row.before
      })
  }

  async #lastUsedFirst(): Promise<NetworkRow[]> {
    return (await this.#app.networks.toArray()).sort((one, other) => other.usedAt - one.usedAt)
  }

  /** Later than every use before, whatever the clock says. */
  async #nextUse(): Promise<number> {
    const [last] = await this.#lastUsedFirst()
    return Math.max(this.#now(), (last?.usedAt ?? 0) + 1)
  }

  #now(): number {
    const phone = this.#parts.phoneNow()
    return this.#local?.now() ?? timeOf(initialClock(this.#parts.buildMs, phone), phone)
  }
}
