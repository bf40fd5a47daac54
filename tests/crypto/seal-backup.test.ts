/** A backup file under cheap parameters: what they cost is bounded elsewhere (tests/support/fuzz-backups.ts). */

import { expect, test } from 'vitest'
import { plainPassphrase } from '../../src/crypto/backup-key.ts'
import { backupCost, costBounds, openBackup, sealBackup } from '../../src/crypto/seal-backup.ts'
import { utf8 } from '../../sync-server/protocol/bytes.ts'

const cheap = { memoryKiB: 64, passes: 1, lanes: 1 }
const content = utf8('كل ما كُتب')

test('opens under its passphrase only, however a keyboard writes it', async () => {
  const file = await sealBackup('زيتون قنديل ٣٢', content, cheap)
  expect(await openBackup('  زيتون   قنديل 32', file)).toEqual({ ok: true, value: content })
  expect(await openBackup('زيتون قنديل 33', file)).toEqual({ ok: false, error: 'wrongPassphrase' })
  expect(plainPassphrase('Olive\u200f  لـون َ۴')).toBe('olive لون 4')
})

test('each bit of it is held: a changed file is told before anything is computed, one made up anew does not open', async () => {
  const file = await sealBackup('زيتون', content, cheap)
  for (const at of [0, 5, 20, file.length - 30, file.length - 1]) {
    const changed = file.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect((await openBackup('زيتون', changed)).ok).toBe(false)
  }
  expect(await openBackup('زيتون', file.slice(0, 40))).toEqual({ ok: false, error: 'broken' })
})

test('a later version is said to be one', async () => {
  const file = await sealBackup('زيتون', content, cheap)
  file[3] = 2
  expect(await openBackup('زيتون', file)).toEqual({ ok: false, error: 'newer' })
})

test('what ours cost is within what a file may ask for', () => {
  expect(backupCost.memoryKiB * backupCost.passes).toBeLessThan(costBounds.memoryPasses)
  expect(backupCost.memoryKiB).toBeLessThanOrEqual(costBounds.memoryKiB)
})
