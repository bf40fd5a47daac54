/** Whoever goes by keys or by ear keeps their place: when what has the focus leaves the page, what stood next to it has it. */

const reachable = 'a[href], button, summary, input, textarea, select'
/** A screen's own heading takes the focus when the screen comes; a question gives it back when it goes. */
const cares = '.screen, dialog'
/** Beyond these no neighbour is near. */
const bounds = '.screen-main, main, dialog, body'

/** What has the focus, or had it until it left. */
let held: HTMLElement | null = null
/** A field that gets the focus from a key shows its ring; from a finger it would open the keyboard over the page. */
let isByKeys = false

const canHold = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.tabIndex >= 0 &&
  element.checkVisibility({ visibilityProperty: true }) &&
  (isByKeys || !element.matches('input:not([type=radio], [type=checkbox]), textarea, select'))

const reachableIn = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll(reachable)].filter(canHold)

const heading = (): HTMLElement | null => document.querySelector<HTMLElement>('.screen h1')

/** The next one in the smallest part of the page that has one, else the one before it; else the screen's heading. */
const neighbour = ({ target, nextSibling }: MutationRecord): HTMLElement | null => {
  let mark: Node | null = nextSibling
  for (let part: Node | null = target; part instanceof Element; part = part.parentElement) {
    const isBound = part.matches(bounds)
    const all = reachableIn(part)
    const next = all.find(
      (one) =>
        mark?.contains(one) || (mark && mark.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
    )
    if (next) return next
    if (isBound) return part.matches('dialog') ? (all[0] ?? null) : heading()
    const before = all.at(-1)
    if (before) return before
    mark = part.nextSibling
  }
  return heading()
}

const onChange = (records: MutationRecord[]): void => {
  if (!held || document.activeElement !== document.body) return
  const left = held
  const record = records.findLast(({ removedNodes }) => [...removedNodes].some((node) => node.contains(left)))
  if (!record) return
  // a list in another order takes a row out and puts it in again
  if (left.isConnected) {
    left.focus({ preventScroll: true })
    return
  }
  held = null
  const isCaredFor = [...record.removedNodes].some(
    (node) => node instanceof Element && (node.matches(cares) || node.querySelector(cares)),
  )
  if (!isCaredFor && record.target.nodeName !== 'DIALOG') neighbour(record)?.focus()
}

/** Begins once, and holds for as long as the page is open. */
export const keepFocus = (): void => {
  document.addEventListener('focusin', ({ target }) => {
    held = target instanceof HTMLElement ? target : null
    isByKeys = held?.matches(':focus-visible') ?? false
  })
  // a touch beside everything lets go of it; what left the page has been seen to by then
  document.addEventListener('focusout', ({ target }) => {
    setTimeout(() => {
      if (held === target && document.activeElement === document.body) held = null
    })
  })
  new MutationObserver(onChange).observe(document.body, { childList: true, subtree: true })
  // a question gives the focus back to what opened it, which may be gone
  const afterQuestion = () => setTimeout(() => document.activeElement === document.body && heading()?.focus())
  document.addEventListener('close', afterQuestion, true)
}
