/** The engine of one device: the app's database, the network in use, commands, exchanges, and the status that screens show. */

import { type Bytes, equalBytes } from '../../sync-server/protocol/bytes.ts'
import { isNetworkId, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { fail, ok } from '../../sync-server/protocol/result.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import type { RecordCommand } from '../records/commands.ts'
import { recordTables } from '../records/record-types.ts'
import {
  type AppDatabase,
  type NetworkDatabase,
  openAppDatabase,
  openNetworkDatabase,
} from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import type { NetworkRow } from '../storage/schema.ts'
import type { Exchanged, ExchangeFailure, ExchangeParts } from '../sync/exchange.ts'
import type { Command, CommandError, CommandResult, EngineStatus, ExchangeProblem } from './api.ts'
import { initialClock, timeOf } from './clock.ts'
import { deleteNetwork } from './delete-network.ts'
import { failureOf } from './failures.ts'
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
import { runRecordCommand } from './record-commands.ts'
import { Serial } from './serial.ts'
import { LeaseLost } from './writer.ts'

export interface EngineParts {
  /** before all database names: tests run several phones in one process */
  prefix: string
  /** this phone's own clock, ms */
  phoneNow(): number
  /** when the app was built, ms: no clock may say less */
  buildMs: number
  /** where the app came from: the relay of networks without one of their own */
  appOrigin: string
  openMirror(network: NetworkId, lease: number): Promise<Mirror>
  post(relay: string, body: Bytes): ReturnType<ExchangeParts['post']>
  isSlowLink(): boolean
  onStatus(status: EngineStatus): void
  /** something was saved: an exchange is due soon */
  onSaved(): void
}

const currentKey = 'network'

const initialStatus: EngineStatus = {
  phase: 'starting',
  network: null,
  exchange: 'idle',
  problem: null,
  lastExchangeAt: null,
  waiting: 0,
  clockOffsetMs: 0,
  joining: null,
  failure: null,
}

/** The sentence that a failed exchange deserves. */
const problemOf = (failure: ExchangeFailure): ExchangeProblem => {
  if (failure.code === 'offline') return 'offline'
  if (failure.code === 'nonsense') return 'relayNonsense'
  const known = ['notMember', 'clock', 'quota', 'tooFast'] as const
  return known.find((reason) => reason === failure.reason) ?? 'relayRefused'
}

export class Engine {
  readonly #parts: EngineParts
  readonly #app: AppDatabase
  readonly #commands = new Serial()
  #local: LocalNetwork | null = null
  #status = initialStatus

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#app = openAppDatabase(parts.prefix)
  }

  get status(): EngineStatus {
    return this.#status
  }

  get local(): LocalNetwork | null {
    return this.#local
  }

  /** Takes up the network that was last in use, if there is one. */
  async start(): Promise<void> {
    const current = (await this.#app.settings.get(currentKey))?.value
    const row =
      typeof current === 'string' && isNetworkId(current) ? await this.#app.networks.get(current) : undefined
    if (row) await this.#use(row)
    await this.#say({ phase: 'ready' })
  }

  /** Resolves when what the command says is durable and visible; never rejects but with {@link LeaseLost}. */
  run(command: Command): Promise<CommandResult> {
    return this.#commands.run(async () => {
      try {
        const result = await this.#run(command)
        if (result.ok) this.#parts.onSaved()
        await this.#say({})
        return result
      } catch (error) {
        if (error instanceof LeaseLost) throw error
        return fail(failureOf(error))
      }
    })
  }

  /** One exchange with the relay of the network in use; null without one. What went wrong is in the status. */
  async exchange(): Promise<Exchanged | null> {
    const local = this.#local
    if (!local) return null
    await this.#say({ exchange: 'running' })
    try {
      const result = await local.exchange()
      const problem = result.ok
        ? result.value.refused === 'quota'
          ? 'quota'
          : null
        : problemOf(result.error)
      const lastExchangeAt = result.ok ? local.now() : this.#status.lastExchangeAt
      if (result.ok) await this.#keepLastExchange(local, local.now())
      await this.#say({ exchange: 'idle', problem, lastExchangeAt })
      return result.ok ? result.value : null
    } catch (error) {
      const { code } = failureOf(error)
      await this.#say({
        exchange: 'idle',
        problem: code === 'diskFull' ? 'diskFull' : 'relayRefused',
        failure: String(error),
      })
      return null
    }
  }

  async close(): Promise<void> {
    await this.#local?.close()
    this.#local = null
    this.#app.close()
  }

  #run(command: Command): Promise<CommandResult> {
    switch (command.type) {
      case 'network.create':
        return this.#create(command)
      case 'network.join':
        return this.#join(command)
      case 'network.rename-me':
        return this.#rename(command.nickname)
      case 'invite.make':
        return this.#invite(command)
      case 'exchange.now':
        return this.#exchangeNow()
      default:
        return this.#record(command)
    }
  }

  async #record(command: RecordCommand): Promise<CommandResult> {
    const local = this.#local
    if (!local) return fail({ code: 'noNetwork' })
    const { replica, keys, database } = local
    return runRecordCommand(command, { replica, keys, database, now: local.now() })
  }

  async #create(command: Command & { type: 'network.create' }): Promise<CommandResult> {
    const name = command.name.trim()
    const nickname = command.nickname.trim()
    const invalid = tooLong('name', name) ?? tooLong('nickname', nickname)
    if (invalid) return fail(invalid)
    const { kind, area, language } = command
    return this.#begin(
      await found({ name, kind, area: area.trim(), nickname, language }, this.#now()),
      nickname,
      language,
    )
  }

  async #join(command: Command & { type: 'network.join' }): Promise<CommandResult> {
    const nickname = command.nickname.trim()
    const invalid = tooLong('nickname', nickname)
    if (invalid) return fail(invalid)
    const invite = await readInvite(command.link, this.#now())
    if (!invite.ok) return invite
    const { link } = invite.value
    const existing = await this.#app.networks.get(link.network)
    if (existing) {
      const kept = await this.#inviteOf(existing)
      if (!kept) return fail({ code: 'alreadyMember' })
      if (equalBytes(kept.d, link.d)) {
        await this.exchange()
        return ok({ networkId: link.network, networkName: link.networkName })
      }
      await this.#giveUp(existing)
    }
    const begun = await this.#begin(await ask(invite.value, this.#now()), nickname, command.language)
    await this.exchange()
    return begun
  }

  /** The invite with which this phone still asks to join; null once it is in. */
  async #inviteOf(row: NetworkRow): Promise<KeptInvite | null> {
    if (this.#local?.network === row.networkId) return keptInvite(this.#local.database)
    const database = this.#openDatabase(row.networkId)
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
    await deleteNetwork(this.#parts.prefix, row.networkId)
    await this.#app.networks.delete(row.networkId)
  }

  async #rename(nickname: string): Promise<CommandResult> {
    const name = nickname.trim()
    const invalid = tooLong('nickname', name)
    if (invalid) return fail(invalid)
    const local = this.#local
    if (!local) return fail({ code: 'noNetwork' })
    const renamed = await local.rename(name)
    if (renamed.ok) await this.#app.networks.update(local.network, { nickname: name })
    return renamed
  }

  async #invite(command: Command & { type: 'invite.make' }): Promise<CommandResult> {
    const local = this.#local
    const row = local && (await this.#app.networks.get(local.network))
    if (!local || !row) return fail({ code: 'noNetwork' })
    return local.invite({ ...command, networkName: row.name })
  }

  async #exchangeNow(): Promise<CommandResult> {
    if (!this.#local) return fail({ code: 'noNetwork' })
    return (await this.exchange()) ? ok({}) : fail({ code: 'offline' })
  }

  /** Everything that the new network needs is on disk before it is shown as ours. */
  async #begin(made: NewMembership, nickname: string, language: string): Promise<CommandResult> {
    const { network, keys, relay, networkName, invite, drafts } = made
    const database = this.#openDatabase(network)
    await database.meta.bulkPut([
      { key: 'device', value: keys },
      { key: 'language', value: language },
    ])
    if (invite) await keepInvite(database, invite)
    database.close()
    const row: NetworkRow = {
      networkId: network,
      deviceId: keys.device,
      name: networkName,
      nickname,
      createdAt: this.#now(),
      relay,
    }
    await this.#local?.close()
    const local = await this.#open(row)
    await local.replica.write(drafts)
    await this.#app.transaction('rw', this.#app.networks, this.#app.settings, async () => {
      await this.#app.networks.put(row)
      await this.#app.settings.put({ key: currentKey, value: network })
    })
    this.#local = local
    await this.#say({ network })
    return ok({ networkId: network, networkName })
  }

  async #use(row: NetworkRow): Promise<void> {
    this.#local = await this.#open(row)
    const lastExchangeAt = (await this.#local.database.meta.get('lastExchange'))?.value
    await this.#say({
      network: row.networkId,
      lastExchangeAt: typeof lastExchangeAt === 'number' ? lastExchangeAt : null,
    })
  }

  async #open(row: NetworkRow): Promise<LocalNetwork> {
    const { prefix, phoneNow, buildMs, appOrigin, post, isSlowLink, openMirror } = this.#parts
    const database = this.#openDatabase(row.networkId)
    const keys = (await database.meta.get('device'))?.value as DeviceKeys | undefined
    if (!keys) throw new Error('the keys of this network are not on this phone')
    const lease = await takeLease(database)
    return LocalNetwork.open({
      database,
      row,
      keys,
      prefix,
      mirror: await openMirror(row.networkId, lease),
      lease,
      phoneNow,
      buildMs,
      appOrigin,
      post,
      isSlowLink,
      onAbout: async (network, name) => {
        if (name) await this.#app.networks.update(network, { name })
      },
      onMirrorFailure: (error) => void this.#say({ problem: 'diskFull', failure: String(error) }),
      onLogFailure: (error) => void this.#say({ problem: 'diskFull', failure: String(error) }),
    })
  }

  #openDatabase(network: NetworkId): NetworkDatabase {
    return openNetworkDatabase(network, recordTables, this.#parts.prefix)
  }

  #now(): number {
    const phone = this.#parts.phoneNow()
    return this.#local?.now() ?? timeOf(initialClock(this.#parts.buildMs, phone), phone)
  }

  async #keepLastExchange(local: LocalNetwork, value: number): Promise<void> {
    await local.database.meta.put({ key: 'lastExchange', value })
  }

  async #say(change: Partial<EngineStatus>): Promise<void> {
    const local = this.#local
    const waiting = local ? (await local.database.waiting.count()) + (await local.database.inbox.count()) : 0
    const joining = local ? await local.joining() : null
    const clockOffsetMs = local?.clockOffsetMs ?? 0
    this.#status = { ...this.#status, waiting, joining, clockOffsetMs, ...change }
    this.#parts.onStatus(this.#status)
  }
}

/** A number that grows each time somebody takes the network over: it fences the writes of who had it before. */
const takeLease = (database: NetworkDatabase): Promise<number> =>
  database.transaction('rw', database.meta, async () => {
    const lease = Number((await database.meta.get('lease'))?.value ?? 0) + 1
    await database.meta.put({ key: 'lease', value: lease })
    return lease
  })

/** Longest name of a network or a person that the forms take, characters. */
const maxNameLength = 60

const tooLong = (field: string, text: string): CommandError | null => {
  if (text === '') return { code: 'invalid', field, rule: 'required' }
  return text.length > maxNameLength
    ? { code: 'invalid', field, rule: 'tooLong', limit: maxNameLength }
    : null
}
