/** A line of what changed in words, with its drawing and where it leads. */

import type { IconName } from '../components/icon.tsx'
import { language, t } from '../i18n/translate.ts'
import type { ChangeKind, ChangeLine, Thing } from './change-lines.ts'
import { fieldWords } from './field-words.ts'
import type { Names } from './names.ts'
import { needTitle } from './need-words.ts'
import { offerTitle } from './offer-words.ts'

const icons: Readonly<Record<ChangeKind, IconName>> = {
  taken: 'take',
  reserve: 'hourglass',
  done: 'check',
  back: 'undo',
  missed: 'undo',
  cancelled: 'close',
  received: 'delivered',
  notReceived: 'warning',
  need: 'add',
  offer: 'add',
  ended: 'close',
  edits: 'edit',
  two: 'info',
  comment: 'message',
  oneNeed: 'copy',
  twoNeeds: 'close',
  hidden: 'shield',
  shown: 'shield',
  joined: 'people',
}

const titleOf = (thing: Thing | null): string => {
  if (!thing) return ''
  return thing.type === 'need' ? needTitle(thing.row) : offerTitle(thing.row)
}

const listed = (texts: readonly string[]): string =>
  // a browser that does not know the language would say its own «and»
  Intl.ListFormat.supportedLocalesOf([language.value]).length > 0
    ? new Intl.ListFormat(language.value, { type: 'conjunction' }).format(texts)
    : texts.join('، ')

const countWords = (of: ChangeKind | 'rest', count: number): string => {
  switch (of) {
    case 'need':
      return t('changes.needs', { count })
    case 'offer':
      return t('changes.offers', { count })
    case 'taken':
      return t('changes.takens', { count })
    case 'done':
      return t('changes.dones', { count })
    case 'back':
      return t('changes.backs', { count })
    case 'cancelled':
      return t('changes.cancels', { count })
    case 'edits':
    case 'two':
      return t('changes.edited', { count })
    case 'comment':
      return t('changes.comments', { count })
    case 'joined':
      return t('changes.people', { count })
    default:
      return t('changes.others', { count })
  }
}

export const changeWords = (line: ChangeLine, names: Names): string => {
  if (line.kind === 'count') return countWords(line.of, line.count)
  const title = titleOf(line.thing)
  const name = listed(line.by.map(names.nameOf))
  const theirs = listed(line.theirs.map(fieldWords))
  if (line.kind === 'edits' && line.mine.length > 0)
    return t('changes.editsBoth', { title, name, theirs, mine: listed(line.mine.map(fieldWords)) })
  return t(`changes.${line.kind}`, { title, name, theirs })
}

export const changeIcon = (line: ChangeLine): IconName =>
  icons[line.kind === 'count' ? (line.of === 'rest' ? 'edits' : line.of) : line.kind]

export const changeHref = (line: ChangeLine): string => {
  if (line.kind === 'count') return line.of === 'joined' ? '/people' : '/board'
  if (line.kind === 'joined') return `/member/${line.by[0] ?? ''}`
  return line.thing ? `/${line.thing.type}/${line.thing.row.id}` : '/board'
}
