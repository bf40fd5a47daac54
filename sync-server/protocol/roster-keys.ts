/**
 * The chains of keys. A key is clean when whoever made it had seen every loss of its chain: nobody was given it who
 * should not hold it. The last clean key is the one to seal under.
 */

import { type Bytes, toBase64url } from './bytes.ts'
import { type AudienceName, audiences, type NewKeys } from './statement.ts'

const keyIdLength = 8

const perAudience = <Value>(make: (audience: AudienceName) => Value): Record<AudienceName, Value> => ({
  all: make('all'),
  members: make('members'),
  coordinators: make('coordinators'),
})

export class RosterKeys {
  readonly #chains = perAudience((): { hash: Bytes; seen: bigint }[] => [])
  /** ends and demotions that took the chain from somebody */
  readonly #losses = perAudience(() => 0n)
  readonly #keyIds = new Set<string>()

  /** New keys by somebody who had seen these ends. A key id that is there already is void: an entry names its key by it. */
  add(keys: NewKeys, seen: bigint): void {
    for (const audience of audiences) {
      const hash = keys[audience]
      const id = hash && toBase64url(hash.subarray(0, keyIdLength))
      if (!hash || !id || this.#keyIds.has(id)) continue
      this.#keyIds.add(id)
      this.#chains[audience].push({ hash, seen })
    }
  }

  lose(chains: readonly AudienceName[], end: bigint): void {
    for (const audience of chains) this.#losses[audience] |= end
  }

  lengths(): Record<AudienceName, number> {
    return perAudience((audience) => this.#chains[audience].length)
  }

  hashes(): Record<AudienceName, Bytes[]> {
    return perAudience((audience) => this.#chains[audience].map(({ hash }) => hash))
  }

  /** The last clean key of each chain, else its last one. */
  current(): Record<AudienceName, number> {
    return perAudience((audience) => {
      const clean = this.#lastClean(audience)
      return clean === -1 ? this.#chains[audience].length - 1 : clean
    })
  }

  /** Chains without a clean key. */
  stale(): AudienceName[] {
    return audiences.filter(
      (audience) => this.#chains[audience].length > 0 && this.#lastClean(audience) === -1,
    )
  }

  #lastClean(audience: AudienceName): number {
    const losses = this.#losses[audience]
    return this.#chains[audience].findLastIndex(({ seen }) => (seen & losses) === losses)
  }
}
