/** Writing the contact of a need or an offer; forms send it with what it is about. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { changedFields, createDraft, editDraft, eraseDraft, isPermitted, liveState } from '../draft.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import type { RecordId } from '../operation.ts'
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
import { contactReaders, type Readers } from './readers.ts'

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

/** Gives the contact again to those whose accepted promise still holds. */
const givenAgain = async (
  { accepted }: Readers,
  fields: { contactId: RecordId; aboutId: RecordId; keyId: string },
  context: CommandContext,
): Promise<Draft[]> => {
  const drafts: Draft[] = []
  for (const { id: claimId, creator } of accepted) {
    const wraps = await context.content.wrapFor(fields.keyId, [creator])
    if (wraps) drafts.push(await createDraft(grantType, { ...fields, claimId, wraps }, context))
  }
  return drafts
}

/** A contact under a key of its own, and the grant that gives it to the author's phones and to coordinators. */
const sealedApart = async (about: About, words: Words, context: CommandContext): Promise<Drafts> => {
  const { content, member } = context
  const contentKey = await content.create()
  const wraps = await content.wrapFor(contentKey, [member, ...content.coordinators()])
  if (!wraps) return fail({ code: 'notAllowed' })
  const contact = await createDraft(contactType, { aboutId: about.id, confidential: true, ...words }, context)
  const contactId = contact.operation.id
  const fields = { contactId, aboutId: about.id, keyId: contentKey }
  const founding = await createDraft(grantType, { ...fields, wraps, founds: true }, context)
  const again = await givenAgain(await contactReaders(about, context), fields, context)
  return ok([{ ...contact, contentKey }, founding, ...again])
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

/** Somebody was given it who may not read it any more: what is written from now on is not for him. */
const isOutgrown = async (
  about: About,
  { grants }: ContactView,
  context: CommandContext,
): Promise<boolean> => {
  const { persons } = await contactReaders(about, context)
  return context.content.isForOthers(
    grants.map(({ wraps }) => wraps),
    persons,
  )
}

/** Another reach, or other readers, need another key: what was sealed before is taken back and written anew. */
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
  const draft = editDraft(contactType, state, changedFields(row, changes), context.now)
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
  if (row && reach === now) {
    if (Object.keys(changedFields(row, said)).length === 0) return ok([])
    const isSame = !isConfidential || !(isNothing(words) || (await isOutgrown(about, view, context)))
    if (isSame) return edited({ ...view, row }, said, context)
  }
  return writtenAnew(about, view, { words, reach }, context)
}

const wordsOf = ({ name, address, phone }: ContactRow): Words => ({ name, address, phone })
