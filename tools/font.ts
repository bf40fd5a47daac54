/** Makes src/assets/arabic.woff2: the Arabic and Sorani letters, digits and marks of Noto Sans Arabic in weights 400-700. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { root } from './root.ts'

const source = join(
  root,
  'node_modules/@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
)
const target = join(root, 'src/assets/arabic.woff2')

/** Arabic alphabet with hamza forms, tanwin and the other short vowels, tatweel, both kinds of digits, Sorani's letters, Arabic marks. */
const letters =
  'ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي' +
  '\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654' +
  'پچژڤگکیەێۆڕڵھۇڭ' +
  '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹' +
  '،؛؟٪٫٬«»' +
  '\u200c\u200d\u200e\u200f\u2068\u2069'

/** How letters join, sit upon each other and carry their marks; sets of other shapes, fractions and such are never asked for. */
const features = 'ccmp isol init medi fina rlig calt liga locl mark mkmk kern curs'.split(' ')

const subset = await subsetFont(readFileSync(source), letters, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
  keepFeatures: features,
  noHinting: true,
})
writeFileSync(target, subset)
console.log(`${target}: ${subset.length} bytes`)
