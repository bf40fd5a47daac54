/** What a statement comes after: all that its author knows and its list has not named yet. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseEntry } from '../../../sync-server/protocol/entry.ts'
import { type ListName, parseListName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import type { After, Statement } from '../../../sync-server/protocol/statement.ts'
import { parseStatement } from '../../../sync-server/protocol/statement-codec.ts'
import { Neighbourhood } from '../../support/neighbourhood.ts'
import type { Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ronahi: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  await all.settle(zeinab, ronahi)
})
afterEach(() => all.end())

const afterOf = (statement: Statement): After => ('after' in statement ? statement.after : [])

/** Lists that the newest statement of this phone names. */
const lastNamed = async ({ local }: Phone): Promise<(string | undefined)[]> => {
  const list = local.replica.writer.ownList(rosterRoom)?.list as ListName
  const rows = await local.database.statements
    .where('[list+index]')
    .between([list, 0], [list, Infinity])
    .toArray()
  const said = rows.flatMap(({ entry }) => {
    const parsed = parseEntry(entry)
    const statement = parsed.ok ? parseStatement(parsed.value.publicPart) : null
    return statement?.ok ? [statement.value] : []
  })
  const last = said.at(-1)
  return last ? afterOf(last).map(([name]) => parseListName(name)?.device) : []
}

const say = async (phone: Phone, membersMayInvite: boolean): Promise<void> => {
  await phone.run({ type: 'network.settings', membersMayInvite })
}

test('names nothing twice', async () => {
  await say(zeinab, true)
  await all.settle(zeinab, ronahi)
  await say(ronahi, false)
  expect(await lastNamed(ronahi)).toEqual([zeinab.place.deviceId])
  await say(ronahi, true)
  expect(await lastNamed(ronahi)).toEqual([])
})

test('begins anew with a new list: of one that a fork has cut, nobody reads what it had named', async () => {
  await say(zeinab, true)
  await all.settle(zeinab, ronahi)
  await say(ronahi, false)
  await ronahi.local.replica.writer.beginGeneration(rosterRoom)
  await say(ronahi, true)
  expect(await lastNamed(ronahi)).toContain(zeinab.place.deviceId)
})
