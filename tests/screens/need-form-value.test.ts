import { describe, expect, test } from 'vitest'
import type { ContactRow } from '../../src/records/contact/contact.ts'
import type { Voice } from '../../src/records/need/media.ts'
import {
  addNeedCommand,
  editNeedCommand,
  emptyNeed,
  type NeedValue,
  needValue,
  nextNeed,
  readNeedValue,
  saysWhat,
} from '../../src/screens/need-form-value.ts'
import { needTitle } from '../../src/screens/need-words.ts'
import { needRow, seenNeed } from '../support/claims.ts'

const row = { name: 'أم عمر', address: 'الشارع ١٢', phone: '0770' } as ContactRow
const contact = { exists: true, row, isConfidential: false, grants: [] }
const view = { ...seenNeed(needRow({ title: 'ماء', area: '7' }), []), claims: [], contact, isJoined: false }

const voice: Voice = {
  id: 'v'.repeat(43),
  key: new Uint8Array(32),
  ms: 9000,
  peaks: new Uint8Array(48),
  mime: 'audio/webm;codecs=opus',
  bytes: 20_000,
}

describe('the form of a need', () => {
  test('is enough with a category or a title', () => {
    expect(saysWhat(emptyNeed())).toBe(false)
    expect(saysWhat({ ...emptyNeed(), title: '  ' })).toBe(false)
    expect(saysWhat({ ...emptyNeed(), title: 'ماء' })).toBe(true)
    expect(saysWhat({ ...emptyNeed(), category: 'water' })).toBe(true)
    expect(saysWhat({ ...emptyNeed(), voice })).toBe(true)
  })

  test('without a category logs something else', () => {
    expect(addNeedCommand({ ...emptyNeed(), title: 'ماء' })).toMatchObject({
      type: 'need.add',
      category: 'other',
    })
  })

  test('keeps the block, and for whom it is, for the next one, and nothing else', () => {
    const kept = { area: 'الشارع ١٢', forWhom: 'other', consent: true } as const
    const written: NeedValue = { ...emptyNeed(), ...kept, category: 'water', title: 'ماء', phone: '0770' }
    expect(nextNeed(written)).toEqual({ ...emptyNeed(), ...kept })
  })

  test('a day becomes its last moment on this phone, and no length is none', () => {
    const command = addNeedCommand({ ...emptyNeed(), category: 'water', due: '2026-12-01', minutes: '' })
    expect(command).toMatchObject({ dueAt: new Date(2026, 11, 1, 23, 59, 59).getTime(), minutes: null })
    expect(addNeedCommand({ ...emptyNeed(), title: 'ماء', minutes: '٣٠' })).toMatchObject({
      minutes: '٣٠',
      dueAt: null,
    })
  })

  test('logs the contact in a part of its own and nothing of it in the need', () => {
    const command = addNeedCommand({
      ...emptyNeed(),
      category: 'water',
      contactName: 'أم عمر',
      phone: '0770',
    })
    expect(command).toMatchObject({
      contact: { name: 'أم عمر', address: '', phone: '0770', reach: 'approved' },
    })
    expect(command).not.toHaveProperty('phone')
    expect(command).not.toHaveProperty('contactName')
  })

  test('leaves the message that it was read from out, until somebody chooses to keep it', () => {
    const message = 'محتاجين بطانيات لبيت أم نور، دار 14 شارع ١٢'
    const read = { ...emptyNeed(), title: 'بطانيات', original: message }
    expect(addNeedCommand(read)).toMatchObject({ original: '' })
    expect(JSON.stringify(addNeedCommand(read))).not.toContain('أم نور')
    expect(addNeedCommand({ ...read, keepsOriginal: true })).toMatchObject({ original: message })
    const { keepsOriginal: _, ...ofEarlierVersion } = read
    expect(addNeedCommand(readNeedValue(ofEarlierVersion as NeedValue))).toMatchObject({ original: '' })
  })

  test('a draft with a category that this version does not know chooses none', () => {
    const kept = { ...emptyNeed(), category: 'poetry' } as unknown as NeedValue
    expect(readNeedValue(kept).category).toBeNull()
  })
})

describe('voice and pictures', () => {
  test('go into the command as they are, and a voice note alone is a need of another kind', () => {
    expect(addNeedCommand({ ...emptyNeed(), voice, said: 'سقف يسقط' })).toMatchObject({
      type: 'need.add',
      category: 'other',
      voice,
      said: 'سقف يسقط',
    })
  })

  test('an edit that takes the voice note out says so, and one that leaves it says nothing of it', () => {
    const spoken = { ...view, need: needRow({ title: 'ماء', area: '7', voice }) }
    expect(editNeedCommand(spoken, { voice: null })).toMatchObject({ changes: { voice: null } })
    expect(editNeedCommand(spoken, { voice: { ...voice }, title: 'ماء' })).toBeNull()
  })

  test('the page is called by what was said where nothing else is', () => {
    expect(needTitle(needRow({ category: 'other', said: 'سقف الغرفة يسقط علينا' }))).toBe(
      'سقف الغرفة يسقط علينا',
    )
    expect(needTitle(needRow({ category: 'water', said: 'سقف' }))).not.toBe('سقف')
    expect(needTitle(needRow({ category: 'other', said: 'كلمة '.repeat(30) })).length).toBeLessThan(62)
  })
})

describe('an edit', () => {
  test('that adds an address says for whom, as the form proposes it', () => {
    const none = { exists: false, row: undefined, isConfidential: false, grants: [] }
    expect(editNeedCommand({ ...view, contact: none }, { phone: '0780' })).toMatchObject({
      contact: { phone: '0780', reach: 'approved' },
    })
  })

  test('writes only what differs from what is there', () => {
    const typed = { ...needValue(view), title: 'ماء للشرب', phone: '0780' }
    expect(editNeedCommand(view, typed)).toEqual({
      type: 'need.edit',
      id: 'need',
      changes: { title: 'ماء للشرب' },
      contact: { phone: '0780', reach: 'members' },
    })
  })

  test('of one field leaves alone what somebody else changed meanwhile', () => {
    const meanwhile = { ...view, need: needRow({ title: 'ماء', area: 'الشارع ١٤' }) }
    expect(editNeedCommand(meanwhile, { title: 'ماء للشرب' })).toMatchObject({
      changes: { title: 'ماء للشرب' },
    })
  })

  test('takes out a message that was kept, and leaves it where nobody touches it', () => {
    const kept = { ...view, need: needRow({ title: 'ماء', area: '7', original: 'بيت أم نور' }) }
    expect(editNeedCommand(kept, { keepsOriginal: false })).toMatchObject({ changes: { original: '' } })
    expect(editNeedCommand(kept, { title: 'ماء للشرب' })).toMatchObject({
      changes: { title: 'ماء للشرب' },
    })
    expect(editNeedCommand(kept, { keepsOriginal: true })).toBeNull()
  })

  test('that changes nothing is no command', () => {
    expect(editNeedCommand(view, { title: 'ماء' })).toBeNull()
    expect(editNeedCommand(view, {})).toBeNull()
  })
})
