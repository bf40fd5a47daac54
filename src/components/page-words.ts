/** What a page says, in the order in which it is read, and what stands where a finger is: for reading it aloud. */

/** Words that are said in one breath. */
export interface PagePart {
  element: Element
  words: string
}

const oneBreath = 'h1,h2,h3,legend,label,summary,button,a,p,dt,dd,figcaption'
/** Addresses and phones are for the eyes of one; a voice note has a voice already, and the microphone hears. */
const neverSaid =
  '[aria-hidden="true"],svg,script,style,datalist,audio,.contact-words,.voice,.speak,.read-aloud,.listen'
/** The ways back and on and the close button stand at the head of every page, and are no news; a legend that is not seen repeats what is. */
const notInPage = `${neverSaid},.screen-back,.skip,.screen-title .icon-only,.dialog-head .button,.action-bar,legend.only-heard`

const isSaid = (element: Element): boolean => !element.matches(neverSaid) && element.checkVisibility()

const textOf = (node: Node): string => {
  if (node instanceof Text) return node.data
  if (!(node instanceof Element) || !isSaid(node)) return ''
  if (node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement) return ''
  return [...node.childNodes].map(textOf).join(' ')
}

const wordsOf = (element: Element): string =>
  (element.getAttribute('aria-label') ?? textOf(element)).replace(/\s+/g, ' ').trim()

const hasOwnWords = (element: Element): boolean =>
  [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '')

/** Everything under an element that a reader sees, from its beginning; the main acts of a screen come last. */
export const pageParts = (root: Element): PagePart[] => {
  const parts: PagePart[] = []
  const walk = (element: Element): void => {
    if (element.matches(notInPage) || !isSaid(element)) return
    const isOne = element.matches(oneBreath)
      ? element.querySelector(oneBreath) === null
      : hasOwnWords(element)
    const words = isOne ? wordsOf(element) : ''
    if (words !== '') parts.push({ element, words })
    else if (!isOne) for (const child of element.children) walk(child)
  }
  walk(root)
  for (const act of root.querySelectorAll('.action-bar .button')) {
    if (isSaid(act)) parts.push({ element: act, words: wordsOf(act) })
  }
  return parts
}

const hintsOf = (control: Element): string =>
  (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => (id === '' ? null : document.getElementById(id)))
    .map((hint) => (hint ? wordsOf(hint) : ''))
    .join(' ')

/** What is said of the place that a finger or a key has reached; null where nothing is to be said. */
export const wordsAt = (target: Element): string | null => {
  if (target.closest(neverSaid)) return null
  const control = target.closest('input,textarea,select')
  const label = control instanceof HTMLInputElement ? control.labels?.[0] : null
  const named = label ?? (control?.id ? document.querySelector(`label[for="${control.id}"]`) : null)
  if (control && named) return `${wordsOf(named)} ${hintsOf(control)}`.trim()
  const element = target.closest(oneBreath)
  return element ? wordsOf(element) || null : null
}
