/** Changes that take two persons: who wants what, until the second one says so. */

import type { DeviceId } from './ids.ts'
import type { Vote } from './roster.ts'

export class RosterVotes {
  #votes: Vote[] = []

  /** True when another person wanted the same: the change is made, and its votes are spent. */
  cast(vote: Vote): boolean {
    const isSame = ({ member, change }: Vote): boolean => member === vote.member && change === vote.change
    if (this.#votes.some((other) => isSame(other) && other.by !== vote.by)) {
      this.#votes = this.#votes.filter((other) => !isSame(other))
      return true
    }
    if (!this.#votes.some(isSame)) this.#votes.push(vote)
    return false
  }

  /** Of somebody who is no coordinator any more. */
  forgetBy(person: DeviceId): void {
    this.#votes = this.#votes.filter(({ by }) => by !== person)
  }

  /** About somebody whose place has changed: what was wanted was said of another state of things. */
  forgetAbout(person: DeviceId): void {
    this.#votes = this.#votes.filter(({ member }) => member !== person)
  }

  all(): readonly Vote[] {
    return this.#votes
  }
}
