/** Lets the neighbours live through their week on a relay of its own clock, so that everything has the age that it shows. */
import { join } from 'node:path'
import { postToRelay } from '../../src/sync/post.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openSqliteStore } from '../../sync-server/storage/sqlite-store.ts'
import { Neighbour, type NeighbourParts } from './neighbour.ts'
import { actsUntil, quarter } from './quarter.ts'

const hourMs = 3600_000
/** Before the first act of quarter.json. */
const foundedHoursAgo = 150

/** What has no time of its own happens at once. */
interface World {
  nowMs: number | null
  relay: Relay | null
}

const partsIn = (world: World, origin: string): NeighbourParts => ({
  origin,
  now: () => world.nowMs ?? Date.now(),
  post: async (_relay, body, closing) =>
    world.relay
      ? { ok: true, value: (await world.relay.exchange(body, [origin])).messages }
      : postToRelay(origin, body, closing),
})

const comeTogether = async (world: World, origin: string): Promise<Neighbour[]> => {
  const neighbours: Neighbour[] = []
  for (const name of quarter.people) neighbours.push(await Neighbour.start(name, partsIn(world, origin)))
  const [founder, ...others] = neighbours
  if (!founder) throw new Error('quarter.json names people')
  const me = ({ name }: Neighbour) => ({ nickname: name, language: 'ar' })
  await founder.run({
    ...{ type: 'network.create', name: 'شبكة حي الحرية', kind: 'quarter', area: 'حي الحرية' },
    ...me(founder),
  })
  const { link } = await founder.run({
    type: 'invite.make',
    ...{ role: 'member', hours: 24, uses: others.length, approval: false, origin },
  })
  if (!link) throw new Error('an invite has a link')
  for (const neighbour of others) await neighbour.run({ type: 'network.join', link, ...me(neighbour) })
  return neighbours
}

const liveThrough = async (
  neighbours: readonly Neighbour[],
  world: World,
  untilMs: number,
): Promise<void> => {
  const byName = new Map(neighbours.map((neighbour) => [neighbour.name, neighbour]))
  const ids = new Map<string, string>()
  for (const act of actsUntil(untilMs)) {
    const actor = byName.get(act.by)
    if (!actor) throw new Error(`quarter.json does not introduce ${act.by}`)
    world.nowMs = act.atMs
    await actor.exchange()
    const { recordId } = await actor.run(act.command(ids))
    if (act.makes && recordId) ids.set(act.makes, recordId)
    await actor.exchange()
  }
  world.nowMs = untilMs
  for (const neighbour of neighbours) await neighbour.exchange()
}

/**
 * Founds the network and writes its week into the relay's file in `dataFolder`, which must be empty. Afterwards the
 * neighbours speak to the relay at `origin`, in the time of everybody. The founder comes first.
 */
export const settleQuarter = async (dataFolder: string, origin: string): Promise<Neighbour[]> => {
  const opened = openSqliteStore(join(dataFolder, 'relay.sqlite'))
  if (!opened.ok) throw new Error(opened.error.message)
  const untilMs = Date.now()
  const world: World = { nowMs: untilMs - foundedHoursAgo * hourMs, relay: null }
  world.relay = createRelay({ store: opened.value, now: () => world.nowMs ?? Date.now() })
  const neighbours = await comeTogether(world, origin)
  await liveThrough(neighbours, world, untilMs)
  world.nowMs = null
  world.relay = null
  await opened.value.close()
  return neighbours
}
