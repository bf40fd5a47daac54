/** A need or an offer as a message for any chat: short, and without what is private. */

/** Fits one screen of a chat on a small phone, and some carriers cut longer texts (experience design). */
export const maxShareChars = 700

/** Seven digits or more, in any script and with the marks people put between them: a phone number. */
const phoneLike = /[+(]*\p{Nd}(?:[\s().\-\u2010-\u2015]*\p{Nd}){6,}/gu

/** A number that was typed into the details is not passed on: whoever shares may not know that it is there. */
export const withoutPhones = (text: string): string => text.replace(phoneLike, '…')

const cut = (text: string, maxChars: number): string => {
  if (text.length <= maxChars) return text
  // not through the middle of a pair of surrogates
  const head = text.slice(0, Math.max(0, maxChars - 1)).replace(/[\uD800-\uDBFF]$/, '')
  return `${head.trimEnd()}…`
}

interface ShareParts {
  /** the first line */
  title: string
  details: string
  /** one line for each fact; empty ones are left out */
  facts: readonly string[]
}

/** At most {@link maxShareChars} UTF-16 units: the details give way first. */
export const shareText = ({ title, details, facts }: ShareParts): string => {
  const lines = facts.filter((fact) => fact !== '').map(withoutPhones)
  const rest = [withoutPhones(title), ...lines].join('\n')
  const room = maxShareChars - rest.length - 1
  const told = cut(withoutPhones(details.trim()), Math.max(0, room))
  return cut(
    [withoutPhones(title), ...(told === '' || room < 20 ? [] : [told]), ...lines].join('\n'),
    maxShareChars,
  )
}
