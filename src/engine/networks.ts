/** The networks on this phone: which there are, the one in use, founding a new one, asking to join another. */

import { type Bytes, equalBytes } from '../../sync-server/protocol/bytes.ts'
import { isNetworkId } from '../../sync-server/protocol/ids.ts'
import { fail, ok } from '../../sync-server/protocol/result.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { rowFormat } from '../records/record-types.ts'
import {
  type AppDatabase,
  type NetworkDatabase,
  openAppDatabase,
  openNetworkDatabase,
} from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import { type NetworkRow, type Place, placeName } from '../storage/schema.ts'
import type { ExchangeParts } from '../sync/exchange.ts'
import type { CommandError, CommandResult, NetworkCommand, PeopleCommand } from './api.ts'
import { clearAbandoned } from './clear-abandoned.ts'
import { initialClock, timeOf } from './clock.ts'
import {
  ask,
  found,
  type KeptInvite,
  keepInvite,
  keptInvite,
  type NewMembership,
  readInvite,
} from './joining.ts'
import { LocalNetwork } from './local-network.ts'

export interface NetworksParts {
  /** before all database names: tests run several phones in one process */
  prefix: string
  /** this phone's own clock, ms */
  phoneNow(): number
  /** when the app was built, ms: no clock may say less */
  buildMs: number
  /** where the app came from: the relay of networks without one of their own */
  appOrigin: string
  /** `folder` is of one place */
  openMirror(folder: string, lease: number): Promise<Mirror>
  /** an aborted `signal` ends it as a line that broke */
  post(relay: string, body: Bytes, signal: AbortSignal): ReturnType<ExchangeParts['post']>
  isSlowLink(): boolean
  /** how live sockets are made */
  socket: typeof WebSocket
  onMirrorFailure(error: unknown): void
  onLogFailure(error: unknown): void
}

type Create = NetworkCommand & { type: 'network.create' }
type Join = NetworkCommand & { type: 'network.join' }

/** Longest name of a network or a person that the forms take, characters. */
const maxNameLength = 60

const nameProblem = (field: string, text: string): CommandError | null => {
  if (text === '') return { code: 'invalid', field, rule: 'required' }
  return text.length > maxNameLength
    ? { code: 'invalid', field, rule: 'tooLong', limit: maxNameLength }
    : null
}

class KeysMissing extends Error {}

export class Networks {
  readonly #parts: NetworksParts
  readonly #app: AppDatabase
  #local: LocalNetwork | null = null

  constructor(parts: NetworksParts) {
    this.#parts = parts
    this.#app = openAppDatabase(parts.prefix)
  }

  get local(): LocalNetwork | null {
    return this.#local
  }

  /** Takes up the network that was last in use, if there is one. */
  async start(): Promise<void> {
    const rows = await this.#lastUsedFirst()
    for (const row of rows) {
      this.#local = await this.#openIfHeld(row)
      if (this.#local) break
    }
    // what is left over takes room and nothing else
    await clearAbandoned(this.#parts.prefix, rows).catch(this.#parts.onLogFailure)
  }

  /** Another of this phone's networks comes onto the screen; what was written in the one before stays there. */
  async use(network: string): Promise<CommandResult> {
    const row = isNetworkId(network) ? await this.#app.networks.get(network) : undefined
    if (!row) return fail({ code: 'notFound' })
    if (this.#local?.network === network) return ok({ networkId: row.networkId })
    await this.#takeUp(await this.#open(row))
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
    const existing = await this.#app.networks.get(link.network)
    if (existing) {
      const kept = await this.#inviteOf(existing)
      if (!kept) return fail({ code: 'alreadyMember' })
      // the same link once more: the ask that waits is the one
      if (equalBytes(kept.d, link.d)) return ok({ networkId: link.network, networkName: link.networkName })
      await this.#giveUp(existing)
    }
    return this.#begin(await ask(invite.value, this.#now()), nickname, command.language)
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
    if (last) this.#local = await this.#open(last)
    return { code }
  }

  async rename(nickname: string): Promise<CommandResult> {
    const name = nickname.trim()
    const problem = nameProblem('nickname', name)
    if (problem) return fail(problem)
    if (!this.#local) return fail({ code: 'noNetwork' })
    const renamed = await this.#local.rename(name)
    if (renamed.ok) await this.#app.networks.update(this.#local.network, { nickname: name })
    return renamed
  }

  async invite(command: PeopleCommand & { type: 'invite.make' }): Promise<CommandResult> {
    const row = this.#local && (await this.#app.networks.get(this.#local.network))
    if (!this.#local || !row) return fail({ code: 'noNetwork' })
    return this.#local.invite({ ...command, networkName: row.name })
  }

  async close(): Promise<void> {
    await this.#local?.close()
    this.#local = null
    this.#app.close()
  }

  /** The invite with which this phone still asks to join; null once it is in. */
  async #inviteOf(row: NetworkRow): Promise<KeptInvite | null> {
    if (this.#local?.network === row.networkId) return keptInvite(this.#local.database)
    const database = this.#openDatabase(row)
    const kept = await keptInvite(database)
    database.close()
    return kept
  }

  /** An ask that came to nothing makes room for another: nothing but the ask was ever written there. */
  async #giveUp(row: NetworkRow): Promise<void> {
    if (this.#local?.network === row.networkId) {
      await this.#local.close()
      this.#local = null
    }
    // a window may still read its database: the next start clears it away
    await this.#app.networks.delete(row.networkId)
  }

  /** Everything that the new network needs is on disk before it is shown as ours. */
  async #begin(made: NewMembership, nickname: string, language: string): Promise<CommandResult> {
    const { network, keys, relay, networkName, invite, drafts } = made
    const database = this.#openDatabase({ networkId: network, deviceId: keys.device })
    await database.meta.bulkPut([
      { key: 'device', value: keys },
      { key: 'language', value: language },
    ])
    if (invite) await keepInvite(database, invite)
    database.close()
    const createdAt = this.#now()
    const usedAt = await this.#nextUse()
    const row: NetworkRow = {
      networkId: network,
      deviceId: keys.device,
      name: networkName,
      nickname,
      createdAt,
      usedAt,
      relay,
    }
    const local = await this.#open(row)
    try {
      await local.replica.write(drafts)
      await this.#app.networks.put(row)
    } catch (error) {
      await local.close()
      throw error
    }
    await this.#takeUp(local)
    return ok({ networkId: network, networkName })
  }

  /** The one before is let go of only now: where the new one did not open, it stays in use. */
  async #takeUp(local: LocalNetwork): Promise<void> {
    const before = this.#local
    this.#local = local
    await before?.close()
  }

  async #open(row: NetworkRow): Promise<LocalNetwork> {
    const database = this.#openDatabase(row)
    const keys = (await database.meta.get('device'))?.value as DeviceKeys | undefined
    if (!keys) {
      database.close()
      throw new KeysMissing('the keys of this network are not on this phone')
    }
    const lease = await takeLease(database)
    return LocalNetwork.open({
      ...this.#parts,
      database,
      row,
      keys,
      lease,
      mirror: await this.#parts.openMirror(placeName(row), lease),
      onAbout: async (network, name) => {
        if (name) await this.#app.networks.update(network, { name })
      },
    })
  }

  /** Null for a network whose database the browser has cleared away: it keeps nobody from the others. */
  async #openIfHeld(row: NetworkRow): Promise<LocalNetwork | null> {
    try {
      return await this.#open(row)
    } catch (error) {
      if (error instanceof KeysMissing) return null
      throw error
    }
  }

  async #lastUsedFirst(): Promise<NetworkRow[]> {
    return (await this.#app.networks.toArray()).sort((one, other) => other.usedAt - one.usedAt)
  }

  /** Later than every use before, whatever the clock says. */
  async #nextUse(): Promise<number> {
    const [last] = await this.#lastUsedFirst()
    return Math.max(this.#now(), (last?.usedAt ?? 0) + 1)
  }

  #openDatabase(place: Place): NetworkDatabase {
    return openNetworkDatabase(place, rowFormat, this.#parts.prefix)
  }

  #now(): number {
    const phone = this.#parts.phoneNow()
    return this.#local?.now() ?? timeOf(initialClock(this.#parts.buildMs, phone), phone)
  }
}

/** A number that grows each time somebody takes the network over: it fences the writes of who had it before. */
const takeLease = (database: NetworkDatabase): Promise<number> =>
  database.transaction('rw', database.meta, async () => {
    const lease = Number((await database.meta.get('lease'))?.value ?? 0) + 1
    await database.meta.put({ key: 'lease', value: lease })
    return lease
  })
