/** The word lists by which pasted messages are read: a chunk of their own, fetched with the screen that reads. */

import arabic from '../../locales/reading/ar.json'
import franco from '../../locales/reading/ar-Latn.json'
import sorani from '../../locales/reading/ckb.json'
import english from '../../locales/reading/en.json'
import french from '../../locales/reading/fr.json'

/** All of them whatever language is on the screen: a chat mixes them. In the shape of `records/need/reading/reading-words.ts`. */
export const readingWords = [arabic, franco, sorani, english, french] as const
