/** Networks and databases that an earlier version of the app made. */

import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { rowFormat } from '../../../src/records/row-format.ts'
import { openNetworkDatabase } from '../../../src/storage/database.ts'
import { networkDatabaseName, networkTables, type Place } from '../../../src/storage/schema.ts'
import { rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { deviceOf } from '../../support/keys.ts'
import { Neighbourhood, namesOn } from '../../support/neighbourhood.ts'
import { foundNetwork, invite, testTimeS } from '../../support/network.ts'
import { testOrigin } from '../../support/phone.ts'
import { encodeRaw } from '../../support/raw-client.ts'

let all: Neighbourhood | null = null
afterEach(async () => {
  await all?.end()
  all = null
})

describe('a network whose keys were wrapped one by one', () => {
  test('is led on by a coordinator: who comes after gets one key and all the others out of it', async () => {
    const here = new Neighbourhood()
    all = here
    here.time.ms = (testTimeS + 600) * 1000
    const network = await foundNetwork()
    const { link } = await invite(network, 'older', { role: 'coordinator' })
    const updates = [network.roster.update()]
    const { founder, id } = network
    const request = { network: id, device: founder, rooms: [{ room: rosterRoom, updates }] }
    const answer = await here.relay.exchange(await encodeRaw(testOrigin, request), [testOrigin])
    for await (const message of answer.messages) expect(message.length).toBeGreaterThan(0)
    const ronahi = await here.phone('Ronahî')
    await ronahi.join(link)
    await here.settle(ronahi)
    const newer = await here.joiner('Soran', ronahi, 'coordinator')
    const keys = await newer.local.database.keys.toArray()
    expect(keys.map(({ audience }) => audience).sort()).toEqual(['all', 'coordinators', 'members'])
    expect(await namesOn(newer)).toEqual(['هيوا', 'Ronahî', 'Soran'])
  })
})

describe('a database of the first version', () => {
  test('keeps what it has, and holds the new rows beside it', async () => {
    const { id } = await deviceOf('older')
    const place = { networkId: (await foundNetwork('older')).id, deviceId: id } satisfies Place
    const name = networkDatabaseName('older-', place)
    const before = new Dexie(name)
    const { members, invites, requests, contentKeys, ...rest } = networkTables
    before.version(1).stores({ ...rest, members, needs: 'id' })
    await before.table('members').put({ deviceId: id, name: 'زينب', role: 'coordinator' })
    await before.table('needs').put({ id: 'need', title: 'دواء' })
    before.close()
    const database = openNetworkDatabase(place, rowFormat, 'older-')
    expect(await database.members.get(id)).toMatchObject({ name: 'زينب' })
    expect(await database.table('needs').get('need')).toMatchObject({ title: 'دواء' })
    expect(await database.invites.count()).toBe(0)
    expect(await database.requests.count()).toBe(0)
    await database.delete()
  })
})
