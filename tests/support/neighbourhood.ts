/** A few whole phones round one relay in this process: whoever a test about people needs. */

import type { Command, CommandError, CommandValue } from '../../src/engine/api.ts'
import type { MemberRow, RequestRow } from '../../src/storage/schema.ts'
import type { Role } from '../../sync-server/protocol/statement.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { type Line, lineTo, Phone, testStartMs } from './phone.ts'

export class Neighbourhood {
  readonly time = { ms: testStartMs }
  readonly store = openMemoryStore()
  readonly relay: Relay
  readonly line: Line
  readonly phones: Phone[] = []

  constructor() {
    this.relay = createRelay({ store: this.store, now: () => this.time.ms })
    this.line = lineTo(this.relay)
  }

  async phone(name: string, line: Line = this.line): Promise<Phone> {
    const phone = await Phone.start(name, this.time, line)
    this.phones.push(phone)
    return phone
  }

  /** A phone whose owner founds a network. */
  async founder(name: string): Promise<Phone> {
    const phone = await this.phone(name)
    await phone.found()
    return phone
  }

  /** A phone that comes in by a link without approval. */
  async joiner(name: string, by: Phone, role: Role = 'member'): Promise<Phone> {
    const phone = await this.phone(name)
    await phone.join(await by.invite(1, role))
    await by.exchange()
    return phone
  }

  /** Each exchanges until nobody brings anything new: twice round carries every answer and every duty. */
  async settle(...phones: Phone[]): Promise<void> {
    for (let round = 0; round < 3; round++) for (const phone of phones) await phone.exchange()
  }

  async end(): Promise<void> {
    for (const phone of this.phones.splice(0)) await phone.end()
  }
}

/** The code that a command is refused with. */
export const refusalOf = async (phone: Phone, command: Command): Promise<CommandError['code'] | 'done'> => {
  const result = await phone.engine.run(command)
  return result.ok ? 'done' : result.error.code
}

export const titlesOn = async (phone: Phone): Promise<string[]> =>
  (await phone.rows('needs')).map(({ title }) => String(title)).sort()

export const membersOn = async (phone: Phone): Promise<MemberRow[]> =>
  (await phone.local.database.members.toArray()).sort((one, other) => one.seniority - other.seniority)

export const namesOn = async (phone: Phone): Promise<string[]> =>
  (await membersOn(phone)).filter(({ end }) => end === null).map(({ name }) => name)

export const memberOn = async (phone: Phone, name: string): Promise<MemberRow> => {
  const member = (await membersOn(phone)).find((row) => row.name === name)
  if (!member) throw new Error(`${phone.name} knows nobody called ${name}`)
  return member
}

export const requestsOn = (phone: Phone): Promise<RequestRow[]> => phone.local.database.requests.toArray()

export const removeOn = async (phone: Phone, name: string): Promise<CommandValue> =>
  phone.run({ type: 'member.remove', memberId: (await memberOn(phone, name)).deviceId })

/** base64url ids of all audience keys on a phone. */
export const keysOn = async (phone: Phone): Promise<string[]> =>
  (await phone.local.database.keys.toArray()).map(({ keyId }) => keyId).sort()
