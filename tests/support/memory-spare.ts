/** Where a phone in tests keeps its places once more. */

import type { SparePlace, SparePlaces } from '../../src/storage/spare-places.ts'

export class MemorySpare implements SparePlaces {
  readonly places = new Map<string, SparePlace>()

  async all(): Promise<SparePlace[]> {
    return [...this.places.values()]
  }

  async keep(place: SparePlace): Promise<void> {
    this.places.set(place.networkId, structuredClone(place))
  }

  async drop(networkId: string): Promise<void> {
    this.places.delete(networkId)
  }
}
