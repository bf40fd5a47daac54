import { describe, expect, test } from 'vitest'
import type { Unsent } from '../../src/hooks/unsent.ts'
import { t } from '../../src/i18n/translate.ts'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { placeWords } from '../../src/screens/need/place-words.ts'
import { claimRow, needRow, now, seenNeed, unsentNew } from '../support/claims.ts'
import { deviceOf } from '../support/notebook.ts'

const me = deviceOf(1)
const names = { me, nameOf: () => 'سعاد' }

const wordsOf = (claim: ClaimRow, unsent: Unsent): string => {
  const { status } = seenNeed(needRow(), [claim])
  const [place] = status.places
  return place ? placeWords(place, { view: { status }, names, unsent, now }) : ''
}

describe('the words of a claim', () => {
  const done = claimRow(1, 1, { state: 'done' })

  test('say of a done that has not left this phone that it has not', () => {
    expect(wordsOf(done, unsentNew(done.id))).toContain(t('state.local'))
    expect(wordsOf(done, unsentNew())).not.toContain(t('state.local'))
  })

  test('say nothing of this phone where somebody else has done it', () => {
    const theirs = claimRow(2, 1, { state: 'done' })
    expect(wordsOf(theirs, unsentNew(theirs.id))).not.toContain(t('state.local'))
  })

  test('say of a promise that has not left this phone only that', () => {
    const taken = claimRow(1, 1)
    expect(wordsOf(taken, unsentNew(taken.id))).toBe(t('state.local'))
  })
})
