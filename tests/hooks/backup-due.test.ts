import { expect, test } from 'vitest'
import { isBackupDue } from '../../src/hooks/backup-due.ts'

const dayMs = 24 * 3600 * 1000
const now = Date.UTC(2026, 10, 20)
const alone = {
  now,
  since: now - 30 * dayMs,
  last: null,
  entries: 12,
  isAlone: true,
  unsentSince: null,
}

test('whoever is alone in a network is reminded a week after he began, and a week after each backup', () => {
  expect(isBackupDue(alone)).toBe(true)
  expect(isBackupDue({ ...alone, since: now - 6 * dayMs })).toBe(false)
  expect(isBackupDue({ ...alone, last: { madeAt: now - 6 * dayMs, entries: 3 } })).toBe(false)
  expect(isBackupDue({ ...alone, last: { madeAt: now - 8 * dayMs, entries: 3 } })).toBe(true)
})

test('nobody is reminded while nothing would be lost', () => {
  expect(isBackupDue({ ...alone, last: { madeAt: now - 8 * dayMs, entries: 12 } })).toBe(false)
  const among = { ...alone, isAlone: false }
  expect(isBackupDue(among)).toBe(false)
  expect(isBackupDue({ ...among, unsentSince: now - 3600 * 1000 })).toBe(false)
  expect(isBackupDue({ ...among, unsentSince: now - 2 * dayMs })).toBe(true)
})
