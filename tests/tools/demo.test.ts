/** The demo tells a week that the app lets people live: every act goes through the real engine and a real relay's file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { actsUntil, quarter } from '../../tools/demo/quarter.ts'
import { settleQuarter } from '../../tools/demo/settle-quarter.ts'

const folder = mkdtempSync(join(tmpdir(), 'tadamun-demo-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a quarter has sixty needs and offers', () => {
  expect(quarter.needCount + quarter.offerCount).toBe(60)
})

test('nobody acts before the network is there, nor in times to come', () => {
  const nowMs = Date.UTC(2026, 10, 20)
  const times = actsUntil(nowMs).map(({ atMs }) => atMs)
  expect(Math.min(...times)).toBeGreaterThan(nowMs - 150 * 3600_000)
  expect(Math.max(...times)).toBeLessThanOrEqual(nowMs)
})

test('after the week the founder holds what all neighbours wrote, each thing with its own age', {
  timeout: 120_000,
}, async () => {
  const neighbours = await settleQuarter(folder, 'http://localhost:1')
  const [founder, ...others] = neighbours
  expect(others).toHaveLength(quarter.people.length - 1)
  const needs = (await founder?.needs()) ?? []
  expect(needs).toHaveLength(quarter.needCount)
  expect(new Set(needs.map(({ creator }) => creator)).size).toBe(quarter.people.length)
  const ages = needs.map(({ createdAt }) => createdAt)
  expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(100 * 3600_000)
  const states = new Set((await founder?.claims())?.map(({ state }) => state))
  expect([...states].sort()).toEqual(['done', 'onWay', 'taken'])
})
