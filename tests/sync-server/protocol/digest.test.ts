/** The digest of a room [R16]. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestLength, type ListState, roomDigest } from '../../../sync-server/protocol/digest.ts'

const state = fc.record({
  client: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  length: fc.integer({ min: 1, max: 2 ** 31 }),
  head: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes)),
})
const states = fc.uniqueArray(state, { selector: ({ client }) => client, maxLength: 12 })
const options = { seed: 2026, numRuns: 100 }

describe('[R16] the digest', () => {
  test('[R16] does not depend on the order of lists, nor on lists that hold nothing', async () => {
    const shuffled = states.chain((lists) =>
      fc.tuple(fc.constant(lists), fc.shuffledSubarray(lists, { minLength: lists.length })),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, async ([lists, others]) => {
        const empty: ListState = { client: 5, length: 0, head: new Uint8Array(32) }
        expect(await roomDigest([empty, ...others])).toEqual(await roomDigest(lists))
      }),
      options,
    )
  })

  test('[R16] differs when one list is longer, has another head, another client or is missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(state, states), async ([one, rest]) => {
        const others = rest.filter(({ client }) => client !== one.client && client !== one.client + 1)
        const head = new Uint8Array(one.head)
        head[31] = (head[31] as number) ^ 1
        const variants = [[one], [{ ...one, length: one.length + 1 }], [{ ...one, head }], []]
        const digests = await Promise.all(variants.map((variant) => roomDigest([...variant, ...others])))
        expect(new Set(digests.map(String)).size).toBe(variants.length)
      }),
      options,
    )
  })

  test('[R16] is 8 bytes, and does not touch the lists it is given', async () => {
    const lists = [9, 4, 7].map((client) => ({ client, length: 1, head: new Uint8Array(32) }))
    expect(await roomDigest(lists)).toHaveLength(digestLength)
    expect(lists.map(({ client }) => client)).toEqual([9, 4, 7])
  })
})
