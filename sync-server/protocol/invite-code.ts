/** The short code of an invite: 60 random bits that a person reads out or types, as twelve letters and digits. */

import { randomBytes } from './bytes.ts'

/** Base 32 without I, L, O and U (https://www.crockford.com/base32.html). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 12
const groupLength = 4

/** What stands between groups, or came along with a paste: spaces, dashes, tatweel, marks of direction. */
const between = /[\s\p{Pd}\u2212\u0640\p{Cf}._·]+/gu
/** Arabic-Indic and eastern Arabic-Indic digits. */
const arabicDigit = /[\u0660-\u0669\u06f0-\u06f9]/g
/** What is read or typed for another sign. */
const meant: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** Twelve signs, 5 bits each: 256 is a multiple of 32, so every sign is as likely. */
export const createInviteCode = (): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('')

/** The twelve signs of what somebody typed, or null where it cannot be a code. */
export const parseInviteCode = (text: string): string | null => {
  // nobody types so much by hand; what is longer is never looked at sign by sign
  if (text.length > 60) return null
  const signs = text
    .normalize('NFKC')
    .replace(between, '')
    .replace(arabicDigit, (digit) => String(digit.charCodeAt(0) & 15))
    .toUpperCase()
    .replace(/[OIL]/g, (sign) => meant[sign] ?? sign)
  return signs.length === length && [...signs].every((sign) => alphabet.includes(sign)) ? signs : null
}

/** In three groups, as it is shown: always from left to right. */
export const showInviteCode = (code: string): string =>
  (code.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-')
