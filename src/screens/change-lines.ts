/** What changed since this person last looked, in at most twelve lines: pure, from rows and from what arrived. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { ClaimRow } from '../records/claim/claim.ts'
import type { NeedRow } from '../records/need/need.ts'
import type { Arrival, News, NewsNeed } from '../records/news.ts'
import type { OfferRow } from '../records/offer/offer.ts'

export const mostLines = 12
/** Of one kind so many are told one by one; more of them are counted. */
const mostOfKind = 2

export type Thing = { type: 'need'; row: NeedRow } | { type: 'offer'; row: OfferRow }

/** Kinds that are told one by one or counted. */
export type ChangeKind =
  | 'taken'
  | 'reserve'
  | 'done'
  | 'back'
  | 'missed'
  | 'cancelled'
  | 'received'
  | 'notReceived'
  | 'need'
  | 'offer'
  | 'ended'
  | 'edits'
  | 'two'
  | 'comment'
  | 'oneNeed'
  | 'twoNeeds'
  | 'hidden'
  | 'shown'
  | 'joined'

export type ChangeLine =
  | {
      kind: ChangeKind
      /** what it is about; none for who came in */
      thing: Thing | null
      /** persons who did it, each once */
      by: readonly DeviceId[]
      /** fields that they wrote */
      theirs: readonly string[]
      /** fields that this person wrote at the same time */
      mine: readonly string[]
      /** something that this person wrote, took or spoke on */
      isMine: boolean
      /** place of its last arrival */
      n: number
    }
  /** more of a kind than are told; `rest` are lines that found no room */
  | { kind: 'count'; of: ChangeKind | 'rest'; count: number; isMine: boolean; n: number }

type Told = Exclude<ChangeLine, { kind: 'count' }>

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

const thingOf = (id: string, { needs, offers }: News): Thing | null => {
  const need = needs.get(id)
  if (need) return { type: 'need', row: need.need }
  const offer = offers.get(id)
  return offer ? { type: 'offer', row: offer } : null
}

/** The need or offer that an arrival is about. */
const aboutOf = ({ type, recordId }: Arrival, { claims, words }: News): string =>
  (type === 'claim' ? claims.get(recordId)?.needId : words.get(recordId)?.aboutId) ?? recordId

const isMine = ({ row }: Thing, news: News, me: string): boolean =>
  row.creator === me ||
  news.spokenOn.has(row.id) ||
  (news.needs.get(row.id)?.claims ?? []).some(({ creator, state }) => creator === me && state !== 'released')

/** What the claims that arrived come to by now; the newest word of each need only. */
const claimKind = (
  { status, need }: NewsNeed,
  claims: readonly ClaimRow[],
): 'taken' | 'reserve' | 'done' | 'back' | 'missed' | null => {
  const ids = new Set(claims.map(({ id }) => String(id)))
  const places = status.places.filter(({ claim }) => ids.has(claim.id))
  if (need.cancelled) return null
  if (places.some(({ claim, covers }) => claim.state === 'done' && covers > 0)) return 'done'
  if (places.some(({ covers, expired }) => covers > 0 && !expired)) return 'taken'
  if (places.some(({ place, expired }) => place !== 'missed' && !expired)) return 'reserve'
  if (status.state !== 'open') return null
  return places.some(({ place }) => place === 'missed') ? 'missed' : 'back'
}

const byWhom = (kind: ChangeKind, claims: readonly ClaimRow[], { status }: NewsNeed): DeviceId[] => {
  const wanted = status.places.filter(({ covers }) => (kind === 'reserve' ? covers === 0 : covers > 0))
  const ids = new Set(wanted.map(({ claim }) => String(claim.id)))
  return unique(claims.filter(({ id }) => kind === 'back' || ids.has(id)).map(({ creator }) => creator))
}

/** Fields that say how a thing stands are told by their own lines. */
const ownLines = new Set(['cancelled', 'cancelReason', 'ended', 'original'])

interface Group {
  id: string
  thing: Thing
  arrivals: Arrival[]
  n: number
}

const line = (kind: ChangeKind, { thing, n }: Group, mine: boolean, more: Partial<Told> = {}): Told => ({
  ...{ kind, thing, by: [], theirs: [], mine: [], isMine: mine, n },
  ...more,
})

const editLines = (group: Group, mine: boolean, me: string): Told[] => {
  const sets = group.arrivals.filter(({ op, recordId }) => op === 'set' && recordId === group.id)
  const isTold = (field: string) => !ownLines.has(field)
  const theirs = unique(sets.flatMap(({ fields }) => fields)).filter(isTold)
  const by = unique(sets.filter(({ fields }) => fields.some(isTold)).map((one) => one.by))
  const fields = new Set(theirs)
  const twice = group.thing.row.conflicts.filter(
    ({ field, keptBy, otherBy }) => fields.has(field) && (keptBy === me || otherBy === me || mine),
  )
  if (twice.length > 0)
    return [line('two', group, mine, { by, theirs: unique(twice.map(({ field }) => field)) })]
  const alongside = unique(sets.flatMap(({ beside }) => beside ?? [])).filter(isTold)
  return theirs.length === 0 ? [] : [line('edits', group, mine, { by, theirs, mine: alongside })]
}

const standingLines = (group: Group, news: News, mine: boolean): Told[] => {
  const { id, thing, arrivals } = group
  const about = arrivals.filter(({ recordId }) => recordId === id)
  if (about.some(({ op }) => op === 'create'))
    return [line(thing.type, group, mine, { by: [thing.row.creator] })]
  const wrote = (field: string) => about.some(({ fields }) => fields.includes(field))
  if (thing.type === 'offer') return thing.row.ended && wrote('ended') ? [line('ended', group, mine)] : []
  if (wrote('cancelled')) return [line(thing.row.cancelled ? 'cancelled' : 'back', group, mine)]
  const seen = news.needs.get(id)
  const claims = arrivals.flatMap(({ type, recordId }) => {
    const claim = type === 'claim' ? news.claims.get(recordId) : undefined
    return claim ? [claim] : []
  })
  const kind = seen && claims.length > 0 ? claimKind(seen, claims) : null
  return seen && kind ? [line(kind, group, mine, { by: byWhom(kind, claims, seen) })] : []
}

const wordLines = (group: Group, news: News, mine: boolean): Told[] =>
  (['received', 'notReceived', 'comment', 'oneNeed', 'twoNeeds'] as const).flatMap((kind) => {
    const said = group.arrivals.flatMap(({ recordId }) => news.words.get(recordId) ?? [])
    const by = unique(said.filter((word) => word.kind === kind).map((word) => word.by))
    return by.length === 0 ? [] : [line(kind, group, mine, { by })]
  })

/** A thing that is new brings its first edits with it; what was said about it is told beside it. */
const linesAbout = (group: Group, news: News, me: string): Told[] => {
  const mine = isMine(group.thing, news, me)
  const hidden = news.hidden.get(group.id)
  if (hidden !== undefined) return [line(hidden ? 'hidden' : 'shown', group, mine)]
  const standing = standingLines(group, news, mine)
  const isNew = standing.some(({ kind }) => kind === 'need' || kind === 'offer')
  const isMissed = standing.some(({ kind }) => kind === 'missed')
  const words = wordLines(group, news, mine).filter(({ kind }) => !(isMissed && kind === 'notReceived'))
  return [...standing, ...(isNew ? [] : editLines(group, mine, me)), ...words]
}

const groupsOf = (news: News): Group[] => {
  const groups = new Map<string, Group>()
  for (const arrival of news.arrivals) {
    const id = aboutOf(arrival, news)
    const thing = thingOf(id, news)
    if (!thing) continue
    const held = groups.get(id) ?? { id, thing, arrivals: [], n: 0 }
    held.arrivals.push(arrival)
    held.n = Math.max(held.n, arrival.n ?? 0)
    groups.set(id, held)
  }
  return [...groups.values()]
}

const newestFirst = (a: ChangeLine, b: ChangeLine): number => b.n - a.n

/** One by one while there are few of a kind, else how many. */
const counted = (lines: readonly Told[], most: number): ChangeLine[] => {
  const kinds = unique(lines.map(({ kind }) => kind))
  return kinds.flatMap((kind): ChangeLine[] => {
    const same = lines.filter((one) => one.kind === kind)
    if (same.length <= most) return same
    const n = Math.max(...same.map((one) => one.n))
    return [{ kind: 'count', of: kind, count: same.length, isMine: same[0]?.isMine ?? false, n }]
  })
}

/** What concerns this person first, each the newest first; never more than {@link mostLines}. */
export const changeLines = (news: News, me: string): ChangeLine[] => {
  const told = groupsOf(news).flatMap((group) => linesAbout(group, news, me))
  const joined: Told[] = news.joined.map((person) => ({
    ...{ kind: 'joined', thing: null, by: [person], theirs: [], mine: [], isMine: false, n: 0 },
  }))
  const others = counted([...told.filter((one) => !one.isMine), ...joined], mostOfKind).sort(newestFirst)
  const own = told.filter((one) => one.isMine).sort(newestFirst)
  const all = [...own, ...others]
  if (all.length <= mostLines) return all
  const short = [...own, ...counted([...told.filter((one) => !one.isMine), ...joined], 0).sort(newestFirst)]
  if (short.length <= mostLines) return short
  const kept = short.slice(0, mostLines - 1)
  return [...kept, { kind: 'count', of: 'rest', count: short.length - kept.length, isMine: false, n: 0 }]
}
