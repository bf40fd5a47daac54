/** What must hold whatever happened (security.md, "How it is tested"). */

import { keyIdOfHash } from '../../src/engine/keyring.ts'
import type { SealedStatement } from '../../src/engine/roster-book.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  clientOfList,
  clientPrefix,
  type DeviceId,
  type ListName,
  monthStartMs,
  parseListName,
  prefixOfClient,
  type RoomName,
} from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { cutId, type Roster } from '../../sync-server/protocol/roster.ts'
import { parseUpdate } from '../../sync-server/protocol/update.ts'
import type { Phone } from '../support/phone.ts'
import type { SimRelay } from './sim-relay.ts'
import { powerOf, readersOf } from './truth.ts'
import { Broken, insist, type Resident, type Village } from './village.ts'
import { operationText } from './work.ts'

const clientOf = (list: ListName): number => {
  const key = parseListName(list)
  if (!key) throw new Broken('a list has a list name')
  return clientOfList(key)
}

/** [R11] What a relay said is durable is there after its restart. */
export const insistAcked = async ({ network }: Village, { store, acked }: SimRelay): Promise<void> => {
  for (const [place, length] of acked) {
    const [room, client] = place.split(' ') as [RoomName, string]
    const { lists } = await store.lengths(network, room)
    const held = lists.find(({ list }) => clientOf(list) === Number(client))?.length ?? 0
    insist(held >= length, `[R11] what was acknowledged is there (${room}: ${held} of ${length})`)
  }
}

/** An own entry is in the outbox until some relay has said that it is durable there. */
export const insistOutbox = async ({ phone, acked }: Resident): Promise<void> => {
  const { database } = phone.local
  const outbox = await database.outbox.toArray()
  for (const { room, list, nextIndex } of await database.ownLists.toArray()) {
    for (let index = acked.get(`${room} ${clientOf(list)}`) ?? 0; index < nextIndex; index++) {
      const isThere = outbox.some((row) => row.room === room && row.list === list && row.index === index)
      insist(isThere, `the outbox forgets nothing that no relay has acknowledged (${room} ${list} ${index})`)
    }
  }
}

/** [R12] What a cursor says was read is here: in a list, or in the inbox. Only while relays lose nothing. */
export const insistCursors = async (village: Village, { phone, line }: Resident): Promise<void> => {
  const { database } = phone.local
  const inbox = await database.inbox.toArray()
  const waiting = inbox.flatMap(({ room, update }) => {
    const runs = parseUpdate(update)
    return runs.ok ? runs.value.map((run) => ({ room, ...run })) : []
  })
  for (const { relay, room, cursor } of await database.cursors.toArray()) {
    if (relay !== line.relay.origin) continue
    const { entries } = await line.relay.store.readSince(village.network, room, 0, 1e9)
    for (const { seq, list, index } of entries) {
      if (seq > cursor) break
      const held = (await database.lists.get([room, list]))?.length ?? 0
      const isWaiting = waiting.some(
        (run) =>
          run.room === room &&
          run.client === clientOf(list) &&
          run.fromIndex <= index &&
          index < run.fromIndex + run.entries.length,
      )
      insist(
        index < held || isWaiting,
        `[R12] a cursor says no more than what is here (${room} ${list} ${index}, ${held} held, cursor ${cursor})`,
      )
    }
  }
}

/** Who told all his name: one who was removed before his phone knew that he was let in told it to coordinators only. */
const namedForAll = ({ local }: Phone): Set<string> => {
  const { book, members } = local.replica
  const { chains, names } = book.roster
  const keyIds = new Set(Object.values(chains).flatMap((keys) => keys.map(keyIdOfHash)))
  const isForAll = ({ list, index, statement, entry }: SealedStatement): boolean =>
    statement.type === 'name' &&
    index <= (names.get(list) ?? -1) &&
    keyIds.has(toBase64url(entry.sealed?.keyId ?? new Uint8Array()))
  const said = book.sealed().filter(isForAll)
  return new Set(said.map(({ author }) => members.memberOf(author)))
}

/** Everything that two members' phones must agree on. */
export const pictureOf = async (
  phone: Phone,
  twins: ReadonlySet<DeviceId | undefined> = new Set(),
): Promise<Record<string, unknown>> => {
  // a month that a wrong clock opened and that no relay takes yet; what was in it was sealed again [R30]
  const isOpen = (room: RoomName) => (monthStartMs(room) ?? 0) <= phone.time.ms + limits.roomAheadMs
  const { database, replica } = phone.local
  const { roster } = replica.book
  const picture: Record<string, unknown> = { ...powerOf(roster) }
  for (const table of Object.keys(rowFormat.tables)) picture[table] = await phone.rows(table)
  // who may read these is looked at apart
  picture.contacts = (await phone.rows('contacts')).filter(({ confidential }) => !confidential)
  const members = await database.members.toArray()
  const named = namedForAll(phone)
  picture.members = members.map(({ isMe: _, devices, name, languages, ...member }) => [
    { ...member, ...(named.has(member.deviceId) ? { name, languages } : {}) },
    devices.map(({ id }) => id),
  ])
  picture.seniority = [...roster.devices.values()].map(({ id, seniority }) => [id, seniority])
  picture.statements = [roster.applied, roster.waiting, roster.refused]
  const lists = await database.lists.toArray()
  picture.lists = lists
    .filter(({ room }) => isOpen(room))
    // of a list with two histories every phone may hold another end
    .filter(
      ({ room, list }) => !roster.cuts.has(cutId(room, list)) && !twins.has(parseListName(list)?.device),
    )
    .filter(({ list, length }) => length > 0 && roster.devices.has(parseListName(list)?.device as never))
    .map(({ room, list, length, head }) => `${room} ${list} ${length} ${toBase64url(head)}`)
    .sort()
  return picture
}

export const insistSame = (
  first: Record<string, unknown>,
  second: Record<string, unknown>,
  who: string,
): void => {
  for (const name of Object.keys(first)) {
    const [one, other] = [first, second].map((picture) => JSON.stringify(picture[name], null, 1))
    if (one !== other) throw new Broken(`${who} have the same ${name}:\n${one}\n${other}`)
  }
}

/** Every promise to who is in is kept on every phone that may read; nothing waits, nothing counts behind a hole. */
export const insistKept = async (village: Village, truth: Roster): Promise<void> => {
  for (const resident of readersOf(village, truth)) {
    const { phone } = resident
    const { database, replica } = phone.local
    const operations = await database.operations.toArray()
    const counting = operations.filter((operation) => replica.members.doesCount(operation))
    const texts = new Set(counting.map(operationText))
    for (const [save, author] of village.saves)
      if (truth.devices.has(author)) insist(texts.has(save), `${phone.name} has every save: ${save}`)
    const lengths = new Map(
      (await database.lists.toArray()).map(({ room, list, length }) => [`${room} ${list}`, length]),
    )
    // nobody brings again what came by packet from who is out and was lost from the log since: but it may not count
    const lasting = operations.filter(
      (one) => !truth.former.has(one.author) || replica.members.doesCount(one),
    )
    for (const { room, list, index } of lasting)
      insist(
        index < (lengths.get(`${room} ${list}`) ?? 0),
        `no entry with a hole before it counts (${room} ${list} ${index} on ${phone.name})`,
      )
    if (!resident.isTwin) await insistNothingLeft(village, phone, truth)
    await insistLaterWins(village, phone, truth)
  }
}

const insistNothingLeft = async (
  { hasRivals }: Village,
  { name, local }: Phone,
  { devices, former }: Roster,
): Promise<void> => {
  const { database, replica } = local
  insist((await database.outbox.count()) === 0, `${name} has an empty outbox`)
  // under a key of no chain, made for a removal that turned out to be void or a vote, only its maker reads: if he is in, he
  // writes it again, which is seen where phones show the same; if he is out, it counts nowhere
  const chains = Object.values(replica.book.roster.chains).flat()
  const keyIds = new Set(chains.map(keyIdOfHash))
  const waiting = (await database.waiting.toArray()).filter(({ keyId }) => keyIds.has(keyId))
  insist(waiting.length === 0, `${name} can open everything`)
  // [R3] [R5] who was let in by somebody who had no right to is an asker, or unknown: what he wrote waits until he is let in
  const known = new Set([...devices.keys(), ...former.keys()].map(clientPrefix))
  const inbox = hasRivals ? [] : await database.inbox.toArray()
  for (const { update } of inbox) {
    const runs = parseUpdate(update)
    const left = runs.ok ? runs.value.filter(({ client }) => known.has(prefixOfClient(client))) : []
    insist(runs.ok && left.length === 0, `${name} has an empty inbox`)
  }
}

/** An edit by one who saw another is never overruled by that other, while he may change what it is in. */
const insistLaterWins = async (village: Village, phone: Phone, { devices }: Roster): Promise<void> => {
  const needs = new Map((await phone.rows('needs')).map((row) => [String(row.id), row]))
  for (const { recordId, title, seen, author } of village.edits) {
    const editor = devices.get(author as DeviceId)
    const need = needs.get(recordId)
    if (!editor || !need || need.title === title) continue
    // who edited as a coordinator and was none any more, unseen by him
    if (need.creator !== editor.member && editor.writesAs !== 'coordinator') continue
    const won = String(need.title)
    insist(!seen.has(won), `an edit made after seeing another wins: ${title} over ${won}`)
  }
}

/** No relay and no wire carries a word that somebody wrote. */
export const insistSecret = async (village: Village): Promise<void> => {
  const all = Buffer.concat(await village.relayBytes())
  for (const needle of village.needles) insist(!all.includes(needle), `relays cannot read «${needle}»`)
}
