/** The engine of one device: commands, exchanges with the relay of the network in use, and the status that screens show. */

import { fail, ok } from '../../sync-server/protocol/result.ts'
import type { RecordCommand } from '../records/commands.ts'
import type { Exchanged } from '../sync/exchange.ts'
import type { ExchangeFailure } from '../sync/exchange-failure.ts'
import type { Command, CommandResult, EngineStatus, ExchangeProblem } from './api.ts'
import { failureOf } from './failures.ts'
import type { LocalNetwork } from './local-network.ts'
import { Networks, type NetworksParts } from './networks.ts'
import { runRecordCommand } from './record-commands.ts'
import { Serial } from './serial.ts'
import { LeaseLost } from './writer.ts'

export interface EngineParts extends Omit<NetworksParts, 'onMirrorFailure' | 'onLogFailure'> {
  onStatus(status: EngineStatus): void
  /** something was saved: an exchange is due soon */
  onSaved(): void
}

/** How long joining waits for the first answer before it shows what is here. */
const joinPatienceMs = 6_000

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
  readonly #networks: Networks
  readonly #commands = new Serial()
  #status = initialStatus

  constructor(parts: EngineParts) {
    this.#parts = parts
    const onDiskFailure = (error: unknown) => void this.#say({ problem: 'diskFull', failure: String(error) })
    this.#networks = new Networks({ ...parts, onMirrorFailure: onDiskFailure, onLogFailure: onDiskFailure })
  }

  get status(): EngineStatus {
    return this.#status
  }

  get local(): LocalNetwork | null {
    return this.#networks.local
  }

  async start(): Promise<void> {
    await this.#networks.start()
    await this.#say({ phase: 'ready', lastExchangeAt: await lastExchangeAt(this.local) })
  }

  /** Resolves when what the command says is durable and visible; never rejects but with {@link LeaseLost}. */
  run(command: Command): Promise<CommandResult> {
    // what talks to a relay may take minutes: no save waits behind it
    const isLong = command.type === 'exchange.now' || command.type === 'invite.make'
    return isLong ? this.#answer(command) : this.#commands.run(() => this.#answer(command))
  }

  /** One exchange with the relay of the network in use; null without one. What went wrong is in the status. */
  async exchange(): Promise<Exchanged | null> {
    const { local } = this
    if (!local) return null
    await this.#say({ exchange: 'running' })
    try {
      const result = await local.exchange()
      if (!result.ok) {
        await this.#say({ exchange: 'idle', problem: problemOf(result.error) })
        return null
      }
      const problem = result.value.refused === 'quota' ? 'quota' : null
      await local.database.meta.put({ key: 'lastExchange', value: local.now() })
      await this.#say({ exchange: 'idle', problem, lastExchangeAt: local.now() })
      return result.value
    } catch (error) {
      const problem = failureOf(error).code === 'diskFull' ? 'diskFull' : 'relayRefused'
      await this.#say({ exchange: 'idle', problem, failure: String(error) })
      return null
    }
  }

  close(): Promise<void> {
    return this.#networks.close()
  }

  async #answer(command: Command): Promise<CommandResult> {
    const before = this.local
    try {
      const result = await this.#run(command)
      if (result.ok) this.#parts.onSaved()
      const isOther = this.local !== before && this.#status.network !== this.local?.network
      await this.#say(isOther ? { problem: null, lastExchangeAt: await lastExchangeAt(this.local) } : {})
      return result
    } catch (error) {
      if (error instanceof LeaseLost) throw error
      return fail(failureOf(error))
    }
  }

  async #run(command: Command): Promise<CommandResult> {
    switch (command.type) {
      case 'network.create':
        return this.#networks.create(command)
      case 'network.join': {
        const joined = await this.#networks.join(command)
        if (!joined.ok) return joined
        await this.#exchangeBriefly()
        const refused = await this.#networks.refusedJoin()
        return refused ? fail(refused) : joined
      }
      case 'network.use':
        return this.#networks.use(command.networkId)
      case 'network.rename-me':
        return this.#networks.rename(command.nickname)
      case 'invite.make':
        return this.#networks.invite(command)
      case 'exchange.now':
        if (!this.local) return fail({ code: 'noNetwork' })
        return (await this.exchange()) ? ok({}) : fail({ code: 'offline' })
      default:
        return this.#record(command)
    }
  }

  async #record(command: RecordCommand): Promise<CommandResult> {
    const { local } = this
    if (!local) return fail({ code: 'noNetwork' })
    const { replica, keys, database } = local
    return runRecordCommand(command, { replica, keys, database, now: local.now() })
  }

  /** The ask is durable: on a good link the network is there at once, on a bad one nobody has to look at a wait. */
  async #exchangeBriefly(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, joinPatienceMs)
    })
    await Promise.race([this.exchange(), enough])
    clearTimeout(timer)
  }

  async #say(change: Partial<EngineStatus>): Promise<void> {
    const { local } = this
    const waiting = local ? (await local.database.waiting.count()) + (await local.database.inbox.count()) : 0
    const joining = local ? await local.joining() : null
    const network = local?.network ?? null
    const clockOffsetMs = local?.clockOffsetMs ?? 0
    this.#status = { ...this.#status, network, waiting, joining, clockOffsetMs, ...change }
    this.#parts.onStatus(this.#status)
  }
}

const lastExchangeAt = async (local: LocalNetwork | null): Promise<number | null> => {
  const kept = (await local?.database.meta.get('lastExchange'))?.value
  return typeof kept === 'number' ? kept : null
}
