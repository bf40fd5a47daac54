/** Who should read a confidential contact or need or a report and cannot yet: a new coordinator, another phone of one who may. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { type ContactRow, contactType } from '../../records/contact/contact.ts'
import { contactAbout } from '../../records/contact/contact-about.ts'
import { type About, type ContactView, foundingGrant } from '../../records/contact/contact-of.ts'
import { contactReaders } from '../../records/contact/readers.ts'
import { createDraft } from '../../records/draft.ts'
import { type GrantRow, grantType, isSelfGrant, reportGrant, reportName } from '../../records/grant/grant.ts'
import { reportReaders } from '../../records/grant/report-readers.ts'
import { needGrant, needKey } from '../../records/need/confidential.ts'
import { type NeedRow, needType } from '../../records/need/need.ts'
import { type OfferRow, offerType } from '../../records/offer/offer.ts'
import type { CommandContext, Draft } from '../../records/record-type.ts'
import type { ReportRow } from '../../records/report/report.ts'
import { tableOfType } from '../../records/row-format.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

/** Drafts of one round: they fit one entry, and the next round goes on. */
const draftsAtOnce = 10

/** The open need or offer that a contact is about; what is over is handed to nobody any more. */
const openAbout = async (
  database: NetworkDatabase,
  { aboutId }: ContactRow,
): Promise<Result<About, 'over'>> => {
  const need = await database.table<NeedRow, string>(needType.table).get(aboutId)
  if (need) return need.cancelled ? fail('over') : ok(need)
  const offer = await database.table<OfferRow, string>(offerType.table).get(aboutId)
  return offer && !offer.ended ? ok(offer) : fail('over')
}

const owedGrant = async (about: About, view: ContactView, context: CommandContext): Promise<Draft | null> => {
  const founding = foundingGrant(view.grants)
  const isMine = about.creator === context.member
  const isCoordinator = context.members.roleOf(context.device) === 'coordinator'
  if (!view.row || !founding || (!isMine && !isCoordinator)) return null
  const { keyId, contactId } = founding
  const { persons } = await contactReaders(about, context)
  const earlier = view.grants.map((grant) => grant.wraps)
  const wraps = await context.content.wrapFor(keyId, persons, earlier)
  if (!wraps) return null
  const fields = { contactId, aboutId: about.id, keyId, wraps, asCoordinator: !isMine }
  return createDraft(grantType, fields, context)
}

/** Of a report that waits: to who coordinates now and could not read it yet. */
const owedReport = async (
  { id, aboutId, creator }: ReportRow,
  context: CommandContext,
): Promise<Draft | null> => {
  const grants = await context.rowsWhere<GrantRow>(grantType.table, 'aboutId', id)
  const about = await context.state(aboutId)
  const founding = reportGrant(grants, creator)
  if (!about || !founding) return null
  const { keyId } = founding
  const persons = reportReaders(creator, about.creator, context.content.coordinators())
  const wraps = await context.content.wrapFor(
    keyId,
    persons,
    grants.map((grant) => grant.wraps),
  )
  const asCoordinator = creator !== context.member
  return wraps && createDraft(grantType, { contactId: id, aboutId: id, keyId, wraps, asCoordinator }, context)
}

const owedReports = async (database: NetworkDatabase, context: CommandContext): Promise<Draft[]> => {
  const reports = database.table<ReportRow, string>(tableOfType(reportName) ?? '')
  const open = await reports.filter(({ closed }) => !closed).toArray()
  const drafts = await Promise.all(open.map((report) => owedReport(report, context)))
  return drafts.filter((draft) => draft !== null)
}

/** Of an open need for coordinators: to another phone of who may read it, and to who coordinates now. */
const owedNeeds = async (database: NetworkDatabase, context: CommandContext): Promise<Draft[]> => {
  const grants = await database.table<GrantRow, string>(grantType.table).filter(isSelfGrant).toArray()
  const ids = [...new Set(grants.map(({ aboutId }): string => aboutId))]
  const needs = await database.table<NeedRow, string>(needType.table).bulkGet(ids)
  const isCoordinator = context.members.roleOf(context.device) === 'coordinator'
  const drafts: Draft[] = []
  for (const need of needs) {
    if (!need || need.cancelled || (need.creator !== context.member && !isCoordinator)) continue
    const key = await needKey(need, context)
    const draft = key && (await needGrant(need, key, key.readers, context))
    if (draft) drafts.push(draft)
  }
  return drafts
}

/** The next grants that this phone owes; none once everybody who should can read. */
export const owedContacts = async (database: NetworkDatabase, context: CommandContext): Promise<Draft[]> => {
  const contacts = database.table<ContactRow, string>(contactType.table)
  const drafts: Draft[] = []
  for (const contact of await contacts.filter(({ confidential }) => confidential).toArray()) {
    const about = await openAbout(database, contact)
    if (!about.ok) continue
    const draft = await owedGrant(about.value, await contactAbout(database, about.value), context)
    if (draft) drafts.push(draft)
    if (drafts.length === draftsAtOnce) break
  }
  if (drafts.length > 0) return drafts
  return [...(await owedNeeds(database, context)), ...(await owedReports(database, context))].slice(
    0,
    draftsAtOnce,
  )
}
