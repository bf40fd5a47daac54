/** The words on the screen, read from the language files: tests name what a button means, not how it is said. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../tools/root.ts'

export type Language = 'ar' | 'ckb' | 'en' | 'fr'

type Words = { readonly [key: string]: string | Words }

const read = (name: string): Words => JSON.parse(readFileSync(join(root, 'locales', name), 'utf8')) as Words
const load = (language: Language): Words => ({
  ...read(`${language}.json`),
  ...read(`later/words-${language}.json`),
})
const files: Record<Language, Words> = { ar: load('ar'), ckb: load('ckb'), en: load('en'), fr: load('fr') }

export const words = (language: Language, key: string, values: Record<string, string> = {}): string => {
  let at: string | Words | undefined = files[language]
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  if (typeof at !== 'string') throw new Error(`no words for ${key}`)
  return at.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}
