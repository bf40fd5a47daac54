/** What anybody may try to do to records, written as operations without the care that commands take. */

import type { Operation, RecordId } from '../../src/records/operation.ts'
import { idOfNonce } from '../../src/records/operation-codec.ts'
import { sha256, toBase64url, utf8 } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'

/** Records that are there at the beginning. */
export interface KnownRecords {
  /** the neighbour's */
  need: RecordId
  contact: RecordId
  /** another member's, on that need: one taken, one released */
  claim: RecordId
  released: RecordId
  /** and one that is done, of which nobody has said whether it arrived; the neighbour's word on another one */
  done: RecordId
  word: RecordId
  /** the neighbour's */
  profile: RecordId
  grant: RecordId
  /** another need of the neighbour's, and his word that it is one with the first */
  twin: RecordId
  joined: RecordId
  /** the actor's own, if he could write them */
  own: RecordId
  /** his word that another need of his is one with the neighbour's */
  ownJoined: RecordId
  ownClaim: RecordId
  ownProfile: RecordId
  /** another member's, on the actor's own need */
  claimOnOwn: RecordId
  /** the same, and done */
  doneOnOwn: RecordId
  /** the neighbour's, on his need */
  comment: RecordId
  ownComment: RecordId
  /** another member's, about the neighbour's need */
  report: RecordId
  /** of the newest coordinator, who acts nowhere here */
  hiding: RecordId
  /** of the newest coordinator */
  category: RecordId
}

export type Fields = Record<string, unknown>

/** A create whose id only this author could make: the same in every run. */
export const createOf = async (
  author: DeviceId,
  type: string,
  text: string,
  fields: Fields,
): Promise<Operation> => {
  const nonce = (await sha256(utf8(`matrix/${author}/${text}`))).slice(0, 16)
  return { at: [0, 1000], op: 'create', type, id: await idOfNonce(author, nonce), nonce, fields }
}

export interface RecordAction {
  /** as the tables of `verdicts.md` name it */
  name: string
  operation: (author: DeviceId, known: KnownRecords) => Promise<Operation>
}

const create = (name: string, type: string, fields: (known: KnownRecords) => Fields): RecordAction => ({
  name,
  operation: (author, known) => createOf(author, type, name, fields(known)),
})
const change = (name: string, type: string, record: keyof KnownRecords, fields?: Fields): RecordAction => ({
  name,
  operation: async (_, known) => ({
    at: [9, 9000],
    op: fields ? 'set' : 'erase',
    type,
    id: known[record],
    ...(fields ? { fields } : {}),
  }),
})

const contact = { name: 'فلان', address: 'باب آخر', phone: '0999' }
const wraps = new Uint8Array(8)
const about = (aboutId: RecordId): Fields => ({ aboutId, aboutType: 'need' })
const keyId = toBase64url(new Uint8Array(8))

/** In the order of the tables. */
export const recordActions: readonly RecordAction[] = [
  create('create a need', 'need', () => ({ title: 'حليب' })),
  change('change his own need', 'need', 'own', { title: 'خبز' }),
  change('change another’s need', 'need', 'need', { title: 'خبز' }),
  change('close another’s need', 'need', 'need', { cancelled: true }),
  change('erase his own need', 'need', 'own'),
  change('erase another’s need', 'need', 'need'),
  {
    name: 'create again what is another’s',
    operation: async (author, { need }) => {
      const { nonce = new Uint8Array(16) } = await createOf(author, 'need', 'again', {})
      return { at: [0, 1], op: 'create', type: 'need', id: need, nonce, fields: { title: 'خبز' } }
    },
  },
  change('say that his own need is for few', 'need', 'own', { confidential: true }),
  change('say that another’s need is for all', 'need', 'need', { confidential: false }),
  create('take a need', 'claim', ({ need }) => ({ needId: need, state: 'taken' })),
  change('go on with his own claim', 'claim', 'ownClaim', { state: 'onWay', firm: true }),
  change('release his own claim', 'claim', 'ownClaim', { state: 'released' }),
  change('release another’s claim', 'claim', 'claim', { state: 'released' }),
  change('say another’s claim is done', 'claim', 'claim', { state: 'done' }),
  change('release another’s claim with a note', 'claim', 'claim', { state: 'released', note: '!' }),
  change('take up what was released', 'claim', 'released', { state: 'taken' }),
  create('put a contact under his own need', 'contact', ({ own }) => ({ ...contact, aboutId: own })),
  create('put a contact under another’s need', 'contact', ({ need }) => ({ ...contact, aboutId: need })),
  create('grant the contact of his own need', 'grant', ({ own, contact: contactId, claimOnOwn }) => ({
    ...{ contactId, aboutId: own, claimId: claimOnOwn, keyId, wraps, founds: true },
  })),
  create('grant the contact of another’s need', 'grant', ({ need, contact: contactId, claim }) => ({
    ...{ contactId, aboutId: need, claimId: claim, keyId, wraps },
  })),
  create('grant it as a coordinator', 'grant', ({ need, contact: contactId, claim }) => ({
    ...{ contactId, aboutId: need, claimId: claim, keyId, wraps, asCoordinator: true },
  })),
  change('take back another’s grant', 'grant', 'grant'),
  create('say that help for his own need arrived', 'confirmation', ({ own, doneOnOwn }) => ({
    ...{ claimId: doneOnOwn, needId: own, received: true },
  })),
  create('say that help for another’s need did not arrive', 'confirmation', ({ need, done }) => ({
    ...{ claimId: done, needId: need, received: false },
  })),
  create('say it as a coordinator', 'confirmation', ({ need, done }) => ({
    ...{ claimId: done, needId: need, received: false, asCoordinator: true },
  })),
  change('change another’s word on help', 'confirmation', 'word', { received: false }),
  create('comment on another’s need', 'comment', ({ need }) => ({ ...about(need), text: 'متى؟' })),
  change('erase his own comment', 'comment', 'ownComment'),
  change('erase another’s comment', 'comment', 'comment'),
  change('change another’s comment', 'comment', 'comment', { text: '!' }),
  create('report another’s need', 'report', ({ need }) => ({ ...about(need), reason: 'wrong' })),
  change('close another’s report', 'report', 'report', { closed: true }),
  change('change another’s report', 'report', 'report', { reason: 'spam', closed: true }),
  create('want another’s need hidden', 'hiding', ({ need }) => about(need)),
  change('lift another’s hiding', 'hiding', 'hiding', { lifted: true }),
  change('erase another’s hiding', 'hiding', 'hiding'),
  create('join his own need to another’s', 'same-as', ({ own, need }) => ({ keepId: need, otherId: own })),
  create('join another’s need to his own', 'same-as', ({ own, need }) => ({ keepId: own, otherId: need })),
  create('join it as a coordinator', 'same-as', ({ own, need }) => ({
    ...{ keepId: own, otherId: need, asCoordinator: true },
  })),
  create('say that two of others are two', 'same-as', ({ need, twin }) => ({
    ...{ keepId: twin, otherId: need, undone: true },
  })),
  change('take back his own joining', 'same-as', 'ownJoined', { undone: true }),
  change('take back another’s joining', 'same-as', 'joined', { undone: true }),
  change('join by another’s word something else', 'same-as', 'joined', { keepId: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  change('erase another’s joining', 'same-as', 'joined'),
  create('add a kind of need', 'category', () => ({ word: 'غاز', icon: 'fuel' })),
  change('rename another’s kind of need', 'category', 'category', { word: 'حطب' }),
  change('erase another’s kind of need', 'category', 'category'),
  create('say how long a promise holds', 'promise-hours', () => ({ hours: 24 })),
  change('change his own profile', 'profile', 'ownProfile', { area: 'هنا' }),
  change('change another’s profile', 'profile', 'profile', { area: 'هنا' }),
]
