/** A coordinator states new keys and gives them to nobody: his phone fell for good, or he means harm. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { statementDraft } from '../../../src/engine/own-statements.ts'
import { randomBytes } from '../../../sync-server/protocol/bytes.ts'
import { Neighbourhood, requestsOn, titlesOn } from '../../support/neighbourhood.ts'
import type { Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  await zeinab.addNeed('إنسولين')
  await all.settle(zeinab, ronahi)
  const keys = { all: randomBytes(32), members: randomBytes(32), coordinators: randomBytes(32) }
  await ronahi.local.replica.write([statementDraft({ type: 'rotate', after: [], keys })])
  await all.settle(ronahi, zeinab)
})
afterEach(() => all.end())

test('the others go on under the keys that they hold, and who comes in is given those', async () => {
  const link = await zeinab.invite(1, 'member', true)
  ahmad = await all.phone('أحمد')
  await ahmad.join(link)
  await zeinab.exchange()
  const [request] = await requestsOn(zeinab)
  await zeinab.run({ type: 'member.admit', deviceId: request?.deviceId ?? '', role: 'member' })
  await all.settle(zeinab, ahmad)
  expect(await titlesOn(ahmad)).toEqual(['إنسولين'])
  await ahmad.addNeed('بطانيات')
  await all.settle(ahmad, zeinab)
  expect(await titlesOn(zeinab)).toEqual(['إنسولين', 'بطانيات'])
  const { length } = await zeinab.local.database.statements.toArray()
  await all.settle(zeinab, ahmad)
  expect(await zeinab.local.database.statements.toArray()).toHaveLength(length)
})
