/** The records of the matrix on its stage: entries that relays take, and the rows that phones make of them. */

import { membershipBy } from '../../src/engine/membership.ts'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { withWords } from '../../src/records/claim/claim-word.ts'
import type { ConfirmationRow } from '../../src/records/confirmation/confirmation.ts'
import type { ContactRow } from '../../src/records/contact/contact.ts'
import { contactOf } from '../../src/records/contact/contact-of.ts'
import type { GrantRow } from '../../src/records/grant/grant.ts'
import { isCreatorBound, mergeRecord, typeNameOf } from '../../src/records/merge.ts'
import { doesMergeCount, mergesOf, type SameAsRow } from '../../src/records/need/merges.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { Operation, RecordId } from '../../src/records/operation.ts'
import { encodeOperations } from '../../src/records/operation-codec.ts'
import type { Row } from '../../src/records/record-type.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import { type Bytes, sha256, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { typeNamed } from '../support/all-types.ts'
import type { Seat } from '../support/council.ts'
import type { TestList } from '../support/entries.ts'
import { createOf, type Fields, type KnownRecords } from './record-actions.ts'
import { month, type Stage } from './stage.ts'

export interface WriteWishes {
  /** of the `members` chain; the first one without it */
  key?: Bytes
  generation?: number
}

const nobody = 'nothing' as RecordId

type Own = Pick<
  KnownRecords,
  'own' | 'ownClaim' | 'ownProfile' | 'claimOnOwn' | 'doneOnOwn' | 'ownComment' | 'ownJoined'
>

/** Needs that are shown as part of another one, and pairs that are never proposed again. */
const shownAsOne = (rows: ReadonlyMap<string, Row[]>): unknown => {
  const words = (rows.get('same-as') ?? []) as SameAsRow[]
  const needs = new Map(((rows.get('need') ?? []) as NeedRow[]).map((need) => [need.id, need]))
  const counting = words.filter((row) => doesMergeCount(row, needs.get(row.otherId), needs.get(row.keepId)))
  const apart = words.filter(({ undone }) => undone).map(({ keepId, otherId }) => [keepId, otherId])
  return [[...mergesOf(counting).keptBy], apart]
}

export class RecordStage {
  readonly stage: Stage
  readonly operations: OperationRow[] = []
  #known: Omit<KnownRecords, keyof Own> | null = null
  readonly #own = new Map<string, Own>()

  private constructor(stage: Stage) {
    this.stage = stage
  }

  /** A need with a contact, its claims, a grant and a profile; and for everybody who may write the same of his own. */
  static async open(writers: readonly Seat['id'][], stage: Stage): Promise<RecordStage> {
    const made = new RecordStage(stage)
    const [neighbour, other] = [stage.person('neighbour'), stage.person('other')]
    const put = (seat: Seat, type: string, text: string, fields: Fields) =>
      made.create(seat, type, text, fields)
    const need = await put(neighbour, 'need', 'need', { title: 'دواء' })
    const claim = await put(other, 'claim', 'claim', { needId: need, state: 'taken' })
    const released = await put(other, 'claim', 'released', { needId: need, state: 'released' })
    const profile = await put(neighbour, 'profile', 'profile', { area: 'هناك' })
    const about = { aboutId: need, name: 'سلمى', address: 'الباب', phone: '' }
    const contact = await put(neighbour, 'contact', 'contact', about)
    const grant = await put(neighbour, 'grant', 'grant', {
      ...{
        contactId: contact,
        aboutId: need,
        claimId: claim,
        keyId: 'AAAAAAAAAAA',
        wraps: new Uint8Array(8),
      },
    })
    const aboutNeed = { aboutId: need, aboutType: 'need' }
    const comment = await put(neighbour, 'comment', 'comment', { ...aboutNeed, text: 'أي دواء؟' })
    const report = await put(other, 'report', 'report', { ...aboutNeed, reason: 'other' })
    const hiding = await put(stage.person('newest'), 'hiding', 'hiding', aboutNeed)
    const category = await put(stage.person('newest'), 'category', 'category', { word: 'حليب' })
    const done = await put(other, 'claim', 'done', { needId: need, state: 'done' })
    const heard = await put(other, 'claim', 'heard', { needId: need, state: 'done' })
    const yes = { claimId: heard, needId: need, received: true }
    const word = await put(neighbour, 'confirmation', 'word', yes)
    const twin = await put(neighbour, 'need', 'twin', { title: 'دواء' })
    const joined = await put(neighbour, 'same-as', 'joined', { keepId: need, otherId: twin })
    const told = { contact, claim, released, done, word, profile, grant, comment, report, hiding, category }
    made.#known = { need, twin, joined, ...told }
    for (const seat of stage.council.seats.filter(({ id }) => writers.includes(id))) {
      const own = await put(seat, 'need', 'own', { title: 'حصتي' })
      const ownClaim = await put(seat, 'claim', 'own claim', { needId: need, state: 'taken' })
      const ownProfile = await put(seat, 'profile', 'own profile', { area: 'عندي' })
      const claimOnOwn = await put(other, 'claim', `on ${seat.id}`, { needId: own, state: 'taken' })
      const ownComment = await put(seat, 'comment', 'own comment', { ...aboutNeed, text: 'عندي' })
      const doneOnOwn = await put(other, 'claim', `done on ${seat.id}`, { needId: own, state: 'done' })
      const ownTwin = await put(seat, 'need', 'own twin', { title: 'حصتي' })
      const ownJoined = await put(seat, 'same-as', 'own joined', { keepId: need, otherId: ownTwin })
      const said = { own, ownClaim, ownProfile, claimOnOwn, doneOnOwn, ownComment, ownJoined }
      made.#own.set(seat.id, said)
    }
    stage.holdMonth()
    await stage.fill(stage.store)
    return made
  }

  knownTo({ id }: Seat): KnownRecords {
    if (!this.#known) throw new Error('the records of the stage are not made yet')
    const none: Own = {
      ...{ own: nobody, ownClaim: nobody, ownProfile: nobody, claimOnOwn: nobody, doneOnOwn: nobody },
      ...{ ownComment: nobody, ownJoined: nobody },
    }
    return { ...this.#known, ...(this.#own.get(id) ?? none) }
  }

  /** The entry stands in the author's list for the month, and its operation beside the others. */
  async write(seat: Seat, operation: Operation, wishes: WriteWishes = {}): Promise<TestList> {
    const key = wishes.key ?? this.stage.council.network.keys.members
    const list = this.stage.recordList(seat, wishes.generation)
    const { id, ...rest } = operation
    const keyId = toBase64url((await sha256(key)).slice(0, 8))
    const place = { room: month, list: list.name, index: list.length, position: 0, author: seat.id }
    const row: OperationRow = { ...rest, recordId: id, ...place, keyId, audience: 'members' }
    // the engine keeps no create that its author could not have made
    if (row.op !== 'create' || (await isCreatorBound(row))) this.operations.push(row)
    await list.append({ key, plaintext: encodeOperations([operation]) })
    return list
  }

  async create(seat: Seat, type: string, text: string, fields: Fields): Promise<RecordId> {
    const operation = await createOf(seat.id, type, text, fields)
    await this.write(seat, operation)
    return operation.id
  }

  /** What screens show, as text. */
  shown(roster: Roster): string {
    const members = membershipBy(() => roster)
    const keyIds = roster.chains.members.map((hash) => toBase64url(hash.slice(0, 8)))
    const isOpen = ({ keyId }: OperationRow) => keyIds.includes(keyId)
    const counting = this.operations.filter((row) => isOpen(row) && members.doesCount(row))
    const rows = new Map<string, Row[]>()
    for (const id of new Set(counting.map(({ recordId }) => recordId))) {
      const operations = counting.filter(({ recordId }) => recordId === id)
      const type = typeNamed(typeNameOf(operations))
      const state = type && mergeRecord(operations, type, members)
      const row = state && type?.toRow(state)
      if (row && type) rows.set(type.name, [...(rows.get(type.name) ?? []), row])
    }
    const contacts = (rows.get('contact') ?? []) as ContactRow[]
    const grants = (rows.get('grant') ?? []) as GrantRow[]
    const needs = rows.get('need') ?? []
    const contactsOf = needs.map((need) =>
      contactOf(
        contacts.filter(({ aboutId }) => aboutId === need.id),
        grants,
        need,
      ),
    )
    const said = ['comment', 'report', 'hiding', 'category', 'promise-hours'].map((name) => rows.get(name))
    const claims = (rows.get('claim') ?? []) as ClaimRow[]
    const words = (rows.get('confirmation') ?? []) as ConfirmationRow[]
    const heard = needs.map((need) =>
      withWords(
        claims.filter(({ needId }) => needId === need.id),
        words,
        need,
      ),
    )
    return JSON.stringify([needs, claims, heard, rows.get('profile'), contactsOf, said, shownAsOne(rows)])
  }
}
