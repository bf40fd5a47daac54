/** The type of every key that the Arabic words have, so that a key which is missing does not compile. */

import type arabic from '../../locales/ar.json'
import type laterArabic from '../../locales/later/words-ar.json'

type Messages = typeof arabic & typeof laterArabic
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutForm<Name> = Name extends `${infer Base}_${PluralForm}` ? Base : Name
type NamesIn<Section extends keyof Messages> = WithoutForm<Extract<keyof Messages[Section], string>>

/** `section.name`, without the plural form. */
export type MessageKey = {
  [Section in keyof Messages]: `${Section}.${NamesIn<Section> & string}`
}[keyof Messages]
export type MessageSection = keyof Messages
