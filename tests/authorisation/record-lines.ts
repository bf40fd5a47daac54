/** The lines of one action on records, as the relay and the rules of records make them. */

import { type Bytes, equalBytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import type { Seat } from '../support/council.ts'
import type { TestList } from '../support/entries.ts'
import { audienceKeyOf } from '../support/keys.ts'
import { type Actor, actors, hostileRelay } from './actors.ts'
import { bring } from './channels.ts'
import type { RecordAction } from './record-actions.ts'
import { RecordStage } from './record-stage.ts'
import { keyAfter, Stage } from './stage.ts'
import { gateOf } from './statement-cell.ts'
import { lineOf } from './verdict-table.ts'

const recordTimes = ['now', 'settled', 'meanwhile', 'after', 'backdated', 'stale'] as const
type Time = (typeof recordTimes)[number]

/** Those who could have written of their own before their place changed. */
const writers = ['founder', 'coordinator', 'junior', 'member', 'phone', 'leaver'] as const

let opened: Promise<RecordStage> | null = null
const openRecords = async (): Promise<RecordStage> => {
  const stage = await Stage.open('four')
  return RecordStage.open(
    writers.map((name) => stage.person(name).id),
    stage,
  )
}

const isLate = (time: Time): boolean => ['after', 'backdated', 'stale'].includes(time)

/** Of the `members` chain, as somebody who is in may have told him. */
const newestKey = async (stage: Stage): Promise<Bytes | null> => {
  const { chains } = stage.roster()
  for (const name of ['founder', 'coordinator', 'junior'] as const) {
    const key = await keyAfter(stage.person(name), 'members')
    const hash = await sha256(key)
    if (equalBytes(chains.members.at(-1) ?? new Uint8Array(), hash)) return key
  }
  return null
}

/** After: under the newest key. Backdated: in a list of its own, so that it is at index 0. */
const write = async (
  records: RecordStage,
  action: RecordAction,
  time: Time,
  seat: Seat,
): Promise<TestList> => {
  const operation = await action.operation(seat.id, records.knownTo(seat))
  if (time === 'backdated') return records.write(seat, operation, { generation: 1 })
  const key = time === 'after' ? await newestKey(records.stage) : null
  return records.write(seat, operation, key ? { key } : {})
}

const play = async (records: RecordStage, actor: Actor, action: RecordAction | null, time: Time) => {
  const { stage } = records
  const pins = stage.pinned
  if (time === 'stale') stage.pinned = null
  const seat = await actor.enter(stage)
  if (isLate(time)) await actor.end?.(stage, 'all')
  const list = action && (await write(records, action, time, seat))
  if (time === 'settled') stage.holdMonth()
  if (time === 'settled' || time === 'meanwhile') await actor.end?.(stage, 'all')
  stage.pinned = pins
  return { seat, list, shown: records.shown(stage.roster()) }
}

/** What screens show at a time at which an actor does nothing. */
const untouched = new Map<string, string>()

const cellOf = async (
  records: RecordStage,
  actor: Actor,
  action: RecordAction,
  time: Time,
): Promise<string> => {
  const { stage, operations } = records
  const start = stage.mark()
  const length = operations.length
  const key = `${actor.name} ${time}`
  const without = untouched.get(key) ?? (await play(records, actor, null, time)).shown
  untouched.set(key, without)
  stage.rewind(start)
  const told = await play(records, actor, action, time)
  const effect = told.shown === without ? 'void' : 'done'
  const list = told.list as TestList
  const store = stage.store.copy()
  if (isLate(time)) await stage.fill(store, [list, ...(actor.isOutside ? [told.seat.list] : [])])
  const isAsked = time === 'now' || isLate(time)
  const cell = isAsked
    ? `${await bring(store, told.seat.device, list, list.length - 1, stage.person('neighbour').device)} ${effect}`
    : effect
  stage.rewind(start)
  operations.length = length
  return cell
}

export const recordLines = async (action: RecordAction): Promise<string[]> => {
  opened ??= openRecords()
  const records = await opened
  const lines: string[] = []
  for (const actor of actors) {
    const cells: string[] = []
    for (const time of actor.change ? recordTimes : recordTimes.slice(0, 1))
      cells.push(await cellOf(records, actor, action, time))
    lines.push(lineOf(actor.name, cells))
  }
  return [...lines, lineOf('hostile relay', [await forgedLine(records, action)])]
}

/** An entry in the founder's list of records, signed by somebody else. */
const forgedLine = async (records: RecordStage, action: RecordAction): Promise<string> => {
  const { stage, operations } = records
  const start = stage.mark()
  const length = operations.length
  const founder = stage.person('founder')
  const held = stage.recordList(founder)
  const relay = await hostileRelay(stage)
  const forger = { ...stage.forge(founder, relay), id: founder.id }
  const operation = await action.operation(founder.id, records.knownTo(founder))
  const list = held.fork(held.length)
  Object.assign(list, { device: forger.device })
  const key = await audienceKeyOf('council/members')
  await list.append({ key, plaintext: new Uint8Array(operation.op.length) })
  const verdict = await gateOf(held, list, founder)
  stage.rewind(start)
  operations.length = length
  return verdict
}
