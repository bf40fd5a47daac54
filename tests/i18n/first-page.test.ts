/** What index.html says by itself, before any words have come, is what the app would say. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languageList } from '../../src/i18n/languages.ts'
import { root } from '../../tools/root.ts'

const page = readFileSync(join(root, 'index.html'), 'utf8')

test.each(languageList)('a browser that is too old is told so in %s', (language) => {
  const { err } = JSON.parse(readFileSync(join(root, 'locales', `${language}.json`), 'utf8'))
  const tag = language === 'ar' ? '<p>' : `<p lang="${language}"${language === 'ckb' ? '' : ' dir="ltr"'}>`
  expect(page).toContain(`${tag}${err.browser}</p>`)
})
