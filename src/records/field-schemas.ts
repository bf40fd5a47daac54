/** The kinds of field that forms ask for: each trims, accepts every kind of digit, and knows its limit. */

import * as v from 'valibot'
import { asciiDigits } from '../i18n/fold.ts'

/** Trimmed text; `maxChars` counts UTF-16 units, as the `maxlength` of an input does. */
export const text = (maxChars: number) => v.pipe(v.string(), v.trim(), v.maxLength(maxChars))

const digitsToNumber = (input: number | string): number => {
  if (typeof input === 'number') return input
  const digits = asciiDigits(input).trim()
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN
}

/** A whole number, or what a person typed for one in any digits. */
export const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(digitsToNumber),
    v.number(),
    v.integer(),
    v.minValue(min),
    v.maxValue(max),
  )

/** '' or 3 to 20 digits in ASCII after an optional +; spaces, dots, dashes and brackets are dropped. */
export const phone = v.pipe(
  v.string(),
  v.transform((input) => asciiDigits(input).replace(/[\s().\-\u2010-\u2015\u200e\u200f\u202a-\u202e]/g, '')),
  v.regex(/^(?:\+?\d{3,20})?$/),
)

/** HH:MM on a 24-hour clock, in ASCII digits. */
export const clockTime = v.pipe(
  v.string(),
  v.transform((input) => asciiDigits(input).trim()),
  v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
)

/** 22 characters of base64url. */
export const recordId = v.pipe(v.string(), v.regex(/^[\w-]{22}$/))
