/** The engine of one device: commands, exchanges with the relay of the network in use, and the status that screens show. */

import { fail, ok } from '../../sync-server/protocol/result.ts'
import type { RecordCommand } from '../records/commands.ts'
import type { Ballast } from '../storage/ballast.ts'
import type { Exchanged } from '../sync/exchange.ts'
import type { ExchangeFailure } from '../sync/exchange-failure.ts'
import type { Command, CommandResult, EngineStatus, ExchangeProblem, HistoryCommand } from './api.ts'
import { countWaiting } from './count-waiting.ts'
import { failureOf } from './failures.ts'
import { inRoom } from './in-room.ts'
import { initialStatus } from './initial-status.ts'
import { LiveLink } from './live-link.ts'
import type { LocalNetwork } from './local-network.ts'
import { LongExchange } from './long-exchange.ts'
import { carryMedia, runMediaCommand } from './media/media-door.ts'
import { Networks, type NetworksParts } from './networks.ts'
import { fetchRareActs } from './people/fetch-rare-acts.ts'
import { giveOwedContacts, runRecordCommand } from './record-commands.ts'
import { Serial } from './serial.ts'
import { LeaseLost } from './writer.ts'

export interface EngineParts
  extends Omit<NetworksParts, 'freeRoom' | 'onMirrorFailure' | 'onLogFailure' | 'onProgress'> {
  /** without it a full disk takes nothing more */
  ballast?: Ballast
  onStatus(status: EngineStatus): void
  /** something was saved: an exchange is due soon */
  onSaved(): void
}

/** How long joining waits for the first answer before it shows what is here. */
const joinPatienceMs = 6_000

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
  readonly #sayings = new Serial()
  #status = initialStatus
  /** exchanges that are under way, those that wait for another included */
  #exchanges = 0
  readonly #long = new LongExchange((progress) => void this.#tell({ progress }))
  #isClosed = false
  readonly #spareKeeping = new Serial()
  /** of the place as it was kept last */
  #spareMark = ''
  /** there is no room to set anything aside (any more) */
  #isTight = false
  readonly live: LiveLink

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.live = new LiveLink({ local: () => this.local, tell: (change) => this.#tell(change) })
    const onDiskFailure = (error: unknown) => this.#tell({ problem: 'diskFull', failure: String(error) })
    this.#networks = new Networks({
      ...parts,
      freeRoom: () => this.#freeRoom(),
      onMirrorFailure: onDiskFailure,
      onLogFailure: onDiskFailure,
      onProgress: (network, progress) => {
        if (network === this.local?.network) this.#long.note(progress)
      },
    })
  }

  get status(): EngineStatus {
    return this.#status
  }

  get local(): LocalNetwork | null {
    return this.#networks.local
  }

  async start(): Promise<void> {
    // taking the lead writes as well
    await inRoom(
      () => this.#networks.start(),
      () => this.#freeRoom(),
    )
    await this.#say({ phase: 'ready', regained: this.#networks.putBack > 0 })
    // beside the start: nobody waits for it
    void this.#setAside()
    void this.#keepSpare()
  }

  /** Resolves when what the command says is durable and visible; never rejects but with {@link LeaseLost}. */
  run(command: Command): Promise<CommandResult> {
    // what talks to a relay may take minutes: no save waits behind it
    const isLong =
      command.type.startsWith('packet.') ||
      /^(exchange\.now|invite\.(find|make)|member\.remove|media\.open|backup\.(make|check))$/.test(
        command.type,
      )
    return isLong ? this.#answer(command) : this.#commands.run(() => this.#answer(command))
  }

  /** One exchange with the relay of the network in use; null without one. What went wrong is in the status. */
  async exchange(): Promise<Exchanged | null> {
    const { local } = this
    if (!local) return null
    if (this.#exchanges++ === 0) this.#long.begin()
    await this.#tell({})
    const done = await this.#exchangeOf(local)
    if (--this.#exchanges === 0) this.#long.end()
    // another network may have come onto the screen meanwhile: how this one fared is not said of that one
    await this.#tell(this.local === local ? done.change : {})
    return done.exchanged
  }

  /** The service worker has exchanged behind a page that nobody looked at: what it has written is taken up and shown. */
  async takeBackground(): Promise<void> {
    const { local } = this
    if (!local) return
    try {
      await local.replica.drain()
      // rows that it changed wake no live query, a write of ours does, also of nothing: ids begin at 1
      await local.database.outbox.delete(0)
      await this.#tell({ lastExchangeAt: await lastExchangeAt(local) })
    } catch (error) {
      // what was not taken up stays in the inbox; that a network was closed in the middle is no fault
      if (this.local === local) await this.#tell({ failure: String(error) })
    }
  }

  /** After the command that is under way: what it has saved, it says as saved. */
  close(): Promise<void> {
    return this.#commands.run(async () => {
      this.#isClosed = true
      await this.#networks.close()
    })
  }

  async #exchangeOf(
    local: LocalNetwork,
  ): Promise<{ exchanged: Exchanged | null; change: Partial<EngineStatus> }> {
    try {
      // no relay answers who is not in any more; leaving itself is still told
      if (local.people.ended && !(await local.isLeaveUnsent()))
        return { exchanged: null, change: { problem: null } }
      const result = await local.exchange()
      if (!result.ok) return { exchanged: null, change: { problem: problemOf(result.error) } }
      const lastExchangeAt = local.now()
      await local.database.meta.put({ key: 'lastExchange', value: lastExchangeAt })
      const { replica, keys, database } = local
      if (await giveOwedContacts({ replica, keys, database, now: lastExchangeAt })) this.#parts.onSaved()
      await this.#carryMedia(true)
      if (this.#isTight) await this.#setAside()
      void this.#keepSpare()
      const problem = result.value.refused === 'quota' ? 'quota' : this.#isTight ? 'diskFull' : null
      return { exchanged: result.value, change: { problem, lastExchangeAt } }
    } catch (error) {
      const problem = failureOf(error).code === 'diskFull' ? 'diskFull' : 'relayRefused'
      return { exchanged: null, change: { problem, failure: String(error) } }
    }
  }

  /** The save in hand goes into this room; the person is told that there will be none for many more. */
  async #freeRoom(): Promise<boolean> {
    const isFreed = (await this.#parts.ballast?.free()) ?? false
    if (!isFreed) return false
    this.#isTight = true
    await this.#tell({ problem: 'diskFull' })
    return true
  }

  /** Keys are few and seldom new: mostly there is nothing to write. */
  #keepSpare(): Promise<void> {
    return this.#spareKeeping.run(async () => {
      const { local } = this
      const { spare } = this.#parts
      if (!local || !spare || this.#isClosed) return
      try {
        const { keepSpare } = await import('./lost-places.ts')
        this.#spareMark = await keepSpare(spare, local.row, local.database, this.#spareMark)
      } catch (error) {
        // that a network was closed in the middle is no fault
        if (this.local === local) console.warn('the keys were not kept once more', error)
      }
    })
  }

  async #setAside(): Promise<void> {
    const { ballast } = this.#parts
    // a private window may have files and allow none
    const outcome = await ballast?.keep().catch(() => 'none')
    this.#isTight = outcome === 'tight'
    if (this.#isTight) await this.#tell({ problem: 'diskFull' })
  }

  async #answer(command: Command): Promise<CommandResult> {
    try {
      const result = await this.#run(command)
      const isSaved =
        result.ok && !/^(exchange|media|history\.read|packet\.[^t]|backup\.(make|check))/.test(command.type)
      if (isSaved) this.#parts.onSaved()
      if (isSaved) void this.#keepSpare()
      if (isSaved && command.type.startsWith('need.')) await this.#carryMedia(this.#status.live)
      const told = this.#tell({})
      // of these the rows say all that a page waits for
      if (!/^(need|offer|claim)\./.test(command.type)) await told
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
        const refused = await this.#networks.refusedJoin(await this.#exchangeBriefly())
        return refused ? fail(refused) : joined
      }
      case 'invite.find':
        return this.#networks.findInvite(command.code)
      case 'network.use':
        return this.#networks.use(command.networkId)
      case 'network.rename-me':
        return this.#networks.rename(command.nickname)
      case 'network.meet':
        return this.#networks.meet(command)
      case 'network.enter':
        return this.#networks.enter(command.welcome)
      case 'exchange.now':
        if (!this.local) return fail({ code: 'noNetwork' })
        return (await this.exchange()) ? ok({}) : fail({ code: 'offline' })
      case 'network.leave':
      case 'network.settings':
      case 'invite.make':
      case 'invite.cancel':
      case 'member.admit':
      case 'member.decline':
      case 'member.role':
      case 'member.remove':
      case 'member.admit-card':
      case 'device.retire':
        return this.#networks.people(command)
      case 'media.keep':
      case 'media.drop':
      case 'media.open':
        return this.local ? runMediaCommand(command, this.local) : fail({ code: 'noNetwork' })
      case 'packet.make':
      case 'packet.answer':
      case 'packet.look':
      case 'packet.take':
      case 'packet.carry':
      case 'packet.forget':
        return this.#networks.packet(command)
      case 'backup.make':
      case 'backup.check':
      case 'backup.restore':
      case 'backup.begin-anew':
        return this.#networks.backup(command)
      case 'history.read':
      case 'history.undo':
        return this.#history(command)
      default:
        return this.#record(command)
    }
  }

  async #history(command: HistoryCommand): Promise<CommandResult> {
    const { local } = this
    if (!local) return fail({ code: 'noNetwork' })
    if (local.people.ended && command.type === 'history.undo') return fail({ code: 'ended' })
    const acts = await fetchRareActs()
    const { replica, keys, database } = local
    const parts = { replica, keys, database, now: local.now() }
    return acts.ok ? acts.value.runHistoryCommand(command, parts) : acts
  }

  /** Pictures and voice notes go behind the words, or beside them where all is sent at once. */
  async #carryMedia(mayTalk: boolean): Promise<void> {
    const { local } = this
    const onFailure = (error: unknown): void => {
      // that a network was closed in the middle is no fault
      if (this.local === local) void this.#tell({ failure: String(error) })
    }
    if (local) await carryMedia(local, mayTalk, onFailure)
  }

  async #record(command: RecordCommand): Promise<CommandResult> {
    const { local } = this
    if (!local) return fail({ code: 'noNetwork' })
    if (local.people.ended) return fail({ code: 'ended' })
    const { replica, keys, database } = local
    return runRecordCommand(command, { replica, keys, database, now: local.now() })
  }

  /**
   * The ask is durable: on a good link the network is there at once, on a bad one nobody has to look at a wait. False
   * while the exchange is still under way.
   */
  async #exchangeBriefly(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const enough = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), joinPatienceMs)
    })
    const hasEnded = await Promise.race([this.exchange().then(() => true), enough])
    clearTimeout(timer)
    return hasEnded
  }

  /** Never rejects: that the status cannot be read makes nothing undone of what it tells of. */
  async #tell(change: Partial<EngineStatus>): Promise<void> {
    if (this.#isClosed) return
    await this.#say(change).catch((error: unknown) => {
      this.#status = { ...this.#status, exchange: this.#exchanging, ...change, failure: String(error) }
      this.#parts.onStatus(this.#status)
    })
  }

  get #exchanging(): EngineStatus['exchange'] {
    return this.#exchanges > 0 ? 'running' : 'idle'
  }

  /** One after another: what was read before somebody was let in must not be told after it. */
  #say(change: Partial<EngineStatus>): Promise<void> {
    return this.#sayings.run(() => this.#readAndSay(change))
  }

  async #readAndSay(change: Partial<EngineStatus>): Promise<void> {
    const { local } = this
    const waiting = local ? await countWaiting(local.database) : 0
    const joining = local ? await local.joining() : null
    const network = local?.network ?? null
    const clockOffsetMs = local?.clockOffsetMs ?? 0
    const isOther = network !== this.#status.network
    const ofOther = isOther ? { problem: null, lastExchangeAt: await lastExchangeAt(local) } : {}
    const exchange = this.#exchanging
    const progress = exchange === 'running' && !isOther ? this.#status.progress : null
    const ended = local?.people.ended ?? null
    const { meeting } = this.#networks
    const read = { network, waiting, joining, meeting, ended, clockOffsetMs, exchange, progress }
    this.#status = { ...this.#status, ...read, ...ofOther, ...change }
    this.#parts.onStatus(this.#status)
  }
}

const lastExchangeAt = async (local: LocalNetwork | null): Promise<number | null> => {
  const kept = (await local?.database.meta.get('lastExchange'))?.value
  return typeof kept === 'number' ? kept : null
}
