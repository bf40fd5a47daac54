/** Who is in the network, from this device's side: its commands about people, its introduction, its duties. */

import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { DeviceKeys } from '../../crypto/device-keys.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { CommandError, CommandResult, EngineStatus, NetworkCommand, PeopleCommand } from '../api.ts'
import type { Replica } from '../replica.ts'
import { ActWriter } from './act-writer.ts'
import type { Acting } from './acting.ts'
import { meIn } from './acting.ts'
import { admitAsker, admitCard } from './admission.ts'
import { changeRole, changeSettings, leave, removeMember, retireDevice } from './changes.ts'
import { doDuties } from './duties.ts'
import { introduce, ownNameDraft } from './introduction.ts'
import { cancelInvite, type InviteTerms, makeInvite } from './invites.ts'
import { showDelivered } from './made-invites.ts'
import { pinsNow } from './pins.ts'
import { encodeWelcome, rosterRuns } from './welcome.ts'
import { decline } from './write-people.ts'

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
}

/** How long a removal waits for the newest: who waits longer wants it done. */
const removalPatienceMs = 15_000

const isDoneWithin = async (job: Promise<Result<unknown, unknown>>, patienceMs: number): Promise<boolean> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const isDone = await Promise.race([job.then(({ ok }) => ok), tooLate])
  clearTimeout(timer)
  return isDone
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

  run(command: RosterCommand, terms: NetworkTerms): Promise<CommandResult> {
    const acting = this.#acting
    const act = (job: () => Promise<CommandResult>) => acting.acts.act(job)
    switch (command.type) {
      case 'invite.make':
        return makeInvite(acting, { ...command, ...terms }, this.#parts.exchange)
      case 'invite.cancel':
        return act(() => cancelInvite(acting, command.inviteId))
      case 'member.admit':
        return act(() => admitAsker(acting, command.deviceId, command.role))
      case 'member.decline':
        return this.#decline(command.deviceId)
      case 'member.role':
        return act(() => changeRole(acting, command.memberId, command.role))
      case 'member.remove':
        return this.#remove(command.memberId)
      case 'member.admit-card':
        return act(() => this.#admitCard(command, terms))
      case 'device.retire':
        return act(() => retireDevice(acting, command.deviceId))
      case 'network.leave':
        return act(() => leave(acting))
      case 'network.settings':
        return act(() => changeSettings(acting, command.membersMayInvite))
    }
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
    await showDelivered(this.#parts.database)
    return this.#acting.acts.act(() => doDuties(this.#acting, this.#parts.relay))
  }

  /** How this device's place in the network ended, by what the roster proves. */
  get ended(): EngineStatus['ended'] {
    const { replica, keys } = this.#parts
    const end = replica.book.roster.former.get(keys.device)?.end
    return end === undefined ? null : end === 'left' ? 'left' : 'removed'
  }

  async #decline(deviceId: string): Promise<CommandResult> {
    const { database } = this.#parts
    const row = await database.requests.get(deviceId)
    if (!row) return fail({ code: 'notFound' })
    await decline(database, row.deviceId)
    return ok({})
  }

  /** With the newest of every room where the line lets it: what is not pinned now, a duty pins later. */
  async #remove(memberId: string): Promise<CommandResult> {
    const { database, relay, nowMs, exchange } = this.#parts
    const me = meIn(this.#acting)
    if (!me.ok) return me
    const isFresh = await isDoneWithin(exchange(), removalPatienceMs)
    // what a relay has got since is not for this phone to cut off: nothing is pinned until it has seen it
    const from = isFresh ? relay : null
    return this.#acting.acts.act(() =>
      removeMember(this.#acting, memberId, (devices) => pinsNow(database, from, devices, nowMs())),
    )
  }

  async #admitCard(
    { card, as }: PeopleCommand & { type: 'member.admit-card' },
    { relay, networkName }: NetworkTerms,
  ): Promise<CommandResult> {
    const admitted = await admitCard(this.#acting, card, as)
    if (!admitted.ok) return admitted
    const { replica } = this.#parts
    const genesis = replica.book.genesisPart()
    if (!genesis) return fail({ code: 'notYetMember' })
    const runs = await rosterRuns(replica)
    return ok({ ...admitted.value, welcome: await encodeWelcome({ genesis, relay, networkName, runs }) })
  }
}
