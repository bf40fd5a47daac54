/** Writing the contact of a need or an offer; forms send it with what it is about. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { changedFields, createDraft, editDraft, eraseDraft, isPermitted, liveState } from '../draft.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { validate } from '../validate.ts'
import {
  type ContactInput,
  type ContactReach,
  type ContactRow,
  contactSchema,
  contactType,
} from './contact.ts'
import { type About, type ContactView, contactOf, foundingGrant } from './contact-of.ts'

type Drafts = Result<Draft[], RecordError>
type Words = v.InferOutput<typeof contactSchema>

const isNothing = (words: Words): boolean => Object.values(words).every((value) => value === '')

/** As it stands here. */
export const contactHere = async (about: About, context: CommandContext): Promise<ContactView> =>
  contactOf(
    await context.rowsWhere<ContactRow>(contactType.table, 'aboutId', about.id),
    await context.rowsWhere<GrantRow>(grantType.table, 'aboutId', about.id),
    about,
  )

/** A contact under a key of its own, and the grant that gives it to the author's phones and to coordinators. */
const sealedApart = async (about: About, words: Words, context: CommandContext): Promise<Drafts> => {
  const { content, member } = context
  const contentKey = await content.create()
  const wraps = await content.wrapFor(contentKey, [member, ...content.coordinators()])
  if (!wraps) return fail({ code: 'notAllowed' })
  const contact = await createDraft(contactType, { aboutId: about.id, confidential: true, ...words }, context)
  const contactId = contact.operation.id
  const fields = { contactId, aboutId: about.id, keyId: contentKey, wraps, founds: true }
  return ok([{ ...contact, contentKey }, await createDraft(grantType, fields, context)])
}

/** The creation of a contact; no draft when nothing was filled in. */
const added = async (
  about: About,
  words: Words,
  reach: ContactReach,
  context: CommandContext,
): Promise<Drafts> => {
  if (isNothing(words)) return ok([])
  if (about.creator !== context.member) return fail({ code: 'notAllowed' })
  if (reach === 'approved') return sealedApart(about, words, context)
  return ok([await createDraft(contactType, { aboutId: about.id, ...words }, context)])
}

/** Erases what was written, and the grant that says that there is something. */
const takenBack = async ({ row, grants }: ContactView, context: CommandContext): Promise<Drafts> => {
  const founding = foundingGrant(grants)
  const drafts: Draft[] = []
  for (const [type, id] of [[contactType, row?.id] as const, [grantType, founding?.id] as const]) {
    const state = id && (await liveState(type, id, context))
    if (!state) continue
    const erase = eraseDraft(type, state, context.now)
    if (!isPermitted(erase, state, context)) return fail({ code: 'notAllowed' })
    const isSealedApart = type.name === contactType.name && row?.confidential
    drafts.push(isSealedApart && founding ? { ...erase, contentKey: founding.keyId } : erase)
  }
  return ok(drafts)
}

/** Another reach needs another key: what was sealed before is taken back and written anew. */
const writtenAnew = async (
  about: About,
  view: ContactView,
  { words, reach }: { words: Words; reach: ContactReach },
  context: CommandContext,
): Promise<Drafts> => {
  const before = await takenBack(view, context)
  const after = before.ok ? await added(about, words, reach, context) : before
  return before.ok && after.ok ? ok([...before.value, ...after.value]) : after
}

const edited = async (
  { row, grants }: ContactView & { row: ContactRow },
  changes: Partial<Words>,
  context: CommandContext,
): Promise<Drafts> => {
  const state = await liveState(contactType, row.id, context)
  if (!state) return fail({ code: 'notFound' })
  const changed = changedFields(row, changes)
  if (Object.keys(changed).length === 0) return ok([])
  const draft = editDraft(contactType, state, changed, context.now)
  if (!isPermitted(draft, state, context)) return fail({ code: 'notAllowed' })
  const contentKey = row.confidential ? foundingGrant(grants)?.keyId : undefined
  return ok([contentKey ? { ...draft, contentKey } : draft])
}

/** Drafts that bring the contact of `about` to `input`; fields that it leaves out stay, also its reach. */
export const contactDrafts = async (
  about: About,
  input: ContactInput | undefined,
  context: CommandContext,
): Promise<Drafts> => {
  if (input === undefined) return ok([])
  const changes = validate(v.partial(contactSchema), input, 'contact.')
  if (!changes.ok) return changes
  const view = await contactHere(about, context)
  const { row, exists, isConfidential } = view
  const now = isConfidential ? 'approved' : 'members'
  const reach = input.reach ?? now
  const said = Object.fromEntries(Object.entries(changes.value).filter(([, value]) => value !== undefined))
  const words: Words = { name: '', address: '', phone: '', ...(row && wordsOf(row)), ...said }
  if (!exists) return added(about, words, reach, context)
  const isEmptied = isConfidential && isNothing(words)
  if (row && reach === now && !isEmptied) return edited({ ...view, row }, said, context)
  return writtenAnew(about, view, { words, reach }, context)
}

const wordsOf = ({ name, address, phone }: ContactRow): Words => ({ name, address, phone })
