/**
 * Whether anybody looks at the app, in whichever of its tabs: the tab that leads may be hidden while another is looked
 * at. Each tab says so again and again; one that was closed without a word is forgotten.
 */

const channelName = 'tadamun-lookers'
const repeatMs = 15_000
const forgottenMs = 40_000

/** What tabs tell each other. */
interface Word {
  tab: string
  isLooking: boolean
}

export class Lookers {
  readonly #onChange: (isLookedAt: boolean) => void
  readonly #channel = new BroadcastChannel(channelName)
  readonly #tab = crypto.randomUUID()
  /** what forgets each tab that is looked at; the own one has none */
  readonly #tabs = new Map<string, ReturnType<typeof setTimeout> | undefined>()
  #repeat: ReturnType<typeof setInterval> | undefined

  /** `onChange` hears only of changes; before the first, nobody looks. */
  constructor(onChange: (isLookedAt: boolean) => void) {
    this.#onChange = onChange
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data)
  }

  get isLookedAt(): boolean {
    return this.#tabs.size > 0
  }

  /** The own window came into view, or left it. */
  own(isLooking: boolean): void {
    clearInterval(this.#repeat)
    const say = () => this.#channel.postMessage({ tab: this.#tab, isLooking } satisfies Word)
    if (isLooking) this.#repeat = setInterval(say, repeatMs)
    say()
    this.#keep(this.#tab, isLooking)
  }

  close(): void {
    clearInterval(this.#repeat)
    for (const timer of this.#tabs.values()) clearTimeout(timer)
    this.#channel.close()
  }

  #hear({ tab, isLooking }: Word): void {
    this.#keep(
      tab,
      isLooking,
      setTimeout(() => this.#keep(tab, false), forgottenMs),
    )
  }

  #keep(tab: string, isLooking: boolean, timer?: ReturnType<typeof setTimeout>): void {
    const before = this.isLookedAt
    clearTimeout(this.#tabs.get(tab))
    if (isLooking) this.#tabs.set(tab, timer)
    else {
      clearTimeout(timer)
      this.#tabs.delete(tab)
    }
    if (this.isLookedAt !== before) this.#onChange(this.isLookedAt)
  }
}
