/** Who is in the network, from this device's side: its commands about people, its introduction, its duties. */

import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { DeviceKeys } from '../../crypto/device-keys.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { CommandError, CommandResult, EngineStatus, NetworkCommand, PeopleCommand } from '../api.ts'
import type { Replica } from '../replica.ts'
import { ActWriter } from './act-writer.ts'
import { type Acting, meIn } from './acting.ts'
import { fetchRareActs } from './fetch-rare-acts.ts'
import { introduce, ownNameDraft } from './introduction.ts'
import type { CodeCounter } from './invite-codes.ts'
import type { InviteTerms } from './invites.ts'
import { hasForks } from './kept-forks.ts'
import { hasCodesToPut, showDelivered } from './made-invites.ts'

export interface PeopleParts {
  database: NetworkDatabase
  network: NetworkId
  keys: DeviceKeys
  replica: Replica
  /** origin of the network's relay */
  relay: string
  /** corrected clock, ms */
  nowMs(): number
  exchange(): Promise<Result<unknown, unknown>>
  /** where the relay takes short codes; null: invites have none */
  codes: CodeCounter | null
  /** this place came out of a backup */
  isRestored: boolean
}

/** What is said of the network where a link or a welcome names it. */
export type NetworkTerms = Pick<InviteTerms, 'relay' | 'networkName'>

/** Commands about the network in use that are written into its roster. */
export type RosterCommand = PeopleCommand | (NetworkCommand & { type: 'network.leave' | 'network.settings' })

export class People {
  readonly #parts: PeopleParts
  readonly #acting: Acting

  constructor(parts: PeopleParts) {
    this.#parts = parts
    const { database, network, keys, replica } = parts
    const acts = new ActWriter({ database, keys, replica })
    this.#acting = { database, network, keys, replica, acts, nowS: () => Math.floor(parts.nowMs() / 1000) }
  }

  /** What most people never do is fetched when somebody does it. */
  async run(command: RosterCommand, terms: NetworkTerms): Promise<CommandResult> {
    const acts = await fetchRareActs()
    if (!acts.ok) return acts
    const { relay, nowMs, exchange, codes } = this.#parts
    const acting = this.#acting
    return acts.value.runRosterCommand(command, { acting, terms, relay, nowMs, exchange, codes })
  }

  rename(nickname: string): Promise<Result<object, CommandError>> {
    return this.#acting.acts.act(async () => {
      const me = meIn(this.#acting)
      if (!me.ok) return me
      const draft = await ownNameDraft(this.#acting, nickname)
      if (!draft) return fail({ code: 'notYetMember' })
      await this.#acting.acts.write([draft])
      return ok({})
    })
  }

  introduce(nickname: string): Promise<boolean> {
    return this.#acting.acts.act(() => introduce(this.#acting, nickname))
  }

  /** True when something was written that another exchange should carry. */
  async afterExchange(): Promise<boolean> {
    const { database, keys, relay, replica, codes } = this.#parts
    await showDelivered(database)
    if (codes && (await hasCodesToPut(database))) {
      const acts = await fetchRareActs()
      if (acts.ok) await acts.value.putCodes(this.#acting, codes)
    }
    const me = replica.book.roster.devices.get(keys.device)
    const { keyring, book } = replica
    const isPlainDue = async () => keyring.outside(book.roster).size > 0 || (await hasForks(database))
    const hasDuties = me?.role === 'coordinator' || (me && (await isPlainDue()))
    if (!hasDuties) return false
    const acts = await fetchRareActs()
    // they are due after the next exchange as well
    if (!acts.ok) return false
    return this.#acting.acts.act(() => acts.value.doDuties(this.#acting, relay))
  }

  /** How this device's place in the network ended, by what the roster proves. */
  get ended(): EngineStatus['ended'] {
    const { replica, keys, isRestored } = this.#parts
    if (isRestored) return 'restored'
    const end = replica.book.roster.former.get(keys.device)?.end
    return end === undefined ? null : end === 'left' ? 'left' : 'removed'
  }
}
