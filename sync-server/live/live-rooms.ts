/** All live sockets of this relay by room: who listens hears what is stored, and nobody stays who may not [R20]-[R23]. */

import type { DeviceId, NetworkId, RoomName } from '../protocol/ids.ts'
import { rosterRoom } from '../protocol/ids.ts'
import { closeText, liveCloseCodes } from '../protocol/live.ts'
import type { Growth } from '../storage/store.ts'
import { admitLive, type LiveRefusal, type LiveVisit, mayBeLive } from './live-admission.ts'
import type { LiveLine } from './live-line.ts'
import { createLiveRoom, type LiveRoom } from './live-room.ts'
import { createLiveSession, type LiveDependencies, type LiveSession } from './live-session.ts'

export interface LiveRooms {
  /** Resolves when the visitor is in, or was refused and its line closed: null. */
  open(visit: LiveVisit, line: LiveLine): Promise<LiveSession | null>
  /** To be called at least every 20 s [R20]. */
  tick(): void
  readonly sessions: number
  /** Sends everybody away: this relay stops. Nobody comes in any more. */
  close(): void
}

interface Listened {
  readonly room: LiveRoom
  /** its sessions are woken soon */
  isWaking: boolean
  /** oldest first */
  readonly sessions: Set<LiveSession>
}

/** Seconds over which phones spread their return when a relay stops. */
const restartSpreadS = 30

const keyOf = (network: NetworkId, room: RoomName): string => `${network}/${room}`

const refuse = (line: LiveLine, { reason, amount }: LiveRefusal): null => {
  line.close(liveCloseCodes[reason], closeText(reason, amount))
  return null
}

class Rooms implements LiveRooms {
  readonly #deps: LiveDependencies
  readonly #listenedByRoom = new Map<string, Listened>()
  readonly #sessionsByNetwork = new Map<NetworkId, Set<LiveSession>>()
  #isClosed = false

  constructor(deps: LiveDependencies) {
    this.#deps = deps
    deps.store.subscribe((network, room, _seq, growth) => this.#grew(network, room, growth))
  }

  get sessions(): number {
    let count = 0
    for (const { size } of this.#sessionsByNetwork.values()) count += size
    return count
  }

  async open(visit: LiveVisit, line: LiveLine): Promise<LiveSession | null> {
    if (this.#isClosed) return refuse(line, { reason: 'restart', amount: restartSpreadS })
    const admitted = await admitLive(this.#deps, visit)
    if (!admitted.ok) return refuse(line, admitted.error)
    const session = this.#add(visit, admitted.value, line)
    // the roster may have grown, or the relay been stopped, between its reading and the session's place in the list
    await this.#sendAwayFormer(visit.network)
    if (this.#isClosed) this.close()
    return session
  }

  tick(): void {
    for (const { room, sessions } of this.#listenedByRoom.values()) {
      room.forget()
      for (const session of sessions) session.tick()
    }
  }

  close(): void {
    this.#isClosed = true
    for (const sessions of [...this.#sessionsByNetwork.values()])
      for (const session of sessions) session.close({ reason: 'restart', amount: restartSpreadS })
  }

  #add({ network, room: name }: LiveVisit, device: DeviceId, line: LiveLine): LiveSession {
    const key = keyOf(network, name)
    const listened = this.#listenedByRoom.get(key) ?? {
      room: createLiveRoom(this.#deps, network, name),
      sessions: new Set<LiveSession>(),
      isWaking: false,
    }
    const all = this.#sessionsByNetwork.get(network) ?? new Set()
    const session: LiveSession = createLiveSession({
      deps: this.#deps,
      device,
      room: listened.room,
      line,
      onEnd: () => {
        listened.sessions.delete(session)
        all.delete(session)
        if (listened.sessions.size === 0) this.#listenedByRoom.delete(key)
        if (all.size === 0) this.#sessionsByNetwork.delete(network)
      },
    })
    this.#listenedByRoom.set(key, listened)
    this.#sessionsByNetwork.set(network, all)
    listened.sessions.add(session)
    all.add(session)
    // a phone that lost its connection comes back before the relay knows: the oldest is the dead one
    const own = [...all].filter((other) => other.device === device)
    for (const older of own.slice(0, -this.#deps.sessionsOfDevice)) older.close({ reason: 'replaced' })
    return session
  }

  #grew(network: NetworkId, room: RoomName, growth: Growth | undefined): void {
    const listened = this.#listenedByRoom.get(keyOf(network, room))
    listened?.room.grew(growth)
    if (listened && !listened.isWaking) {
      listened.isWaking = true
      // after all that became durable with it: one message and one receipt for all of it
      process.nextTick(() => {
        listened.isWaking = false
        for (const session of listened.sessions) session.wake()
      })
    }
    if (room === rosterRoom && this.#sessionsByNetwork.has(network))
      this.#sendAwayFormer(network).catch((cause: unknown) => this.#deps.onFault(cause))
  }

  async #sendAwayFormer(network: NetworkId): Promise<void> {
    const { roster } = await this.#deps.rosters.get(network)
    for (const session of this.#sessionsByNetwork.get(network) ?? [])
      if (!mayBeLive(roster, session.device, session.room.room)) session.close({ reason: 'notMember' })
  }
}

/** Sessions live as long as their lines. */
export const createLiveRooms = (deps: LiveDependencies): LiveRooms => new Rooms(deps)
