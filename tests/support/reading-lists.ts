/** The word lists of the reader of pasted messages, as the app has them. */

import arabic from '../../locales/reading/ar.json' with { type: 'json' }
import franco from '../../locales/reading/ar-Latn.json' with { type: 'json' }
import sorani from '../../locales/reading/ckb.json' with { type: 'json' }
import english from '../../locales/reading/en.json' with { type: 'json' }
import french from '../../locales/reading/fr.json' with { type: 'json' }

export const readingLists = [
  arabic,
  franco,
  sorani,
  english,
  french,
] as import('../../src/records/need/reading/reading-words.ts').ReadingList[]
