/** A pasted message as proposals, one for each need or offer that it tells; made on the phone, corrected by a person. */

import { contactLimits } from '../../contact/contact.ts'
import { needLimits } from '../need.ts'
import type { Lexicon } from './lexicon.ts'
import { findPhones, replacePhones } from './phones.ts'
import { type PieceReading, readPiece } from './read-piece.ts'
import { splitAtAnd } from './split-at-and.ts'
import { type Piece, splitMessages } from './split-messages.ts'

export interface Proposal extends Omit<PieceReading, 'isUrgencySaid' | 'namesThing'> {
  /** as it was pasted, without phones */
  original: string
}

/** A message about one thing in two lines is one need; a list of the same thing line by line is several. */
const minSameThing = 3
/** More than anybody corrects at one time. */
const maxProposals = 60
/** A thing is told in fewer lines: what stands behind them is kept, and read no further. */
const maxLinesRead = 30

interface Group {
  source: Piece['source']
  sender: string
  lines: string[]
  reading: PieceReading
}

const saysSomething = ({ reading, source }: Group): boolean => reading.category !== null || source === 'list'

/** Lines of one message that go together, and what is said for all of them. */
const groupsOf = (lexicon: Lexicon, pieces: readonly Piece[]): { groups: Group[]; forAll: string[] } => {
  const groups: Group[] = []
  const forAll: string[] = []
  const readings = pieces.map(({ text }) => readPiece(lexicon, text))
  const named = (category: PieceReading['category']): number =>
    readings.filter((one) => one.namesThing && one.category === category).length
  pieces.forEach((piece, i) => {
    const reading = readings[i] as PieceReading
    const open = groups.at(-1)
    const isAnother =
      reading.namesThing &&
      open?.reading.namesThing &&
      (reading.category !== open.reading.category || named(reading.category) >= minSameThing)
    if (!open || piece.source !== 'line' || isAnother) {
      groups.push({ source: piece.source, sender: piece.sender, lines: [piece.text], reading })
      return
    }
    const isEnd = groups.length > 1 && open.source !== 'chat' && reading.category === null
    if (isEnd && (reading.phone !== '' || reading.area !== '')) forAll.push(piece.text)
    else {
      open.lines.push(piece.text)
      if (open.lines.length <= maxLinesRead) open.reading = readPiece(lexicon, open.lines.join('\n'))
    }
  })
  const first = groups[0]
  if (groups.length > 1 && first && first.source === 'line' && !saysSomething(first)) {
    groups.shift()
    forAll.push(...first.lines)
  }
  return { groups, forAll }
}

const isPhone = (sender: string): boolean => findPhones(sender).length > 0

const withoutPhones = (text: string): string => replacePhones(text, () => '…')

const proposalsOf = (lexicon: Lexicon, group: Group, common: PieceReading): Proposal[] => {
  const text = group.lines.join('\n')
  const parts = splitAtAnd(lexicon, text)
  const whole = group.reading
  const phone = findPhones(text)[0]?.phone
  return parts.map((part) => {
    const { isUrgencySaid, namesThing: _, ...reading } = parts.length > 1 ? readPiece(lexicon, part) : whole
    const said = isUrgencySaid ? reading.urgency : null
    const saidForAll = [whole, common].find((one) => one.isUrgencySaid)?.urgency
    return {
      ...reading,
      kind: whole.kind,
      title: withoutPhones(reading.title),
      day: reading.day ?? whole.day ?? common.day,
      urgency: said ?? saidForAll ?? reading.urgency,
      area: reading.area || whole.area || common.area,
      phone: reading.phone || phone || common.phone || (findPhones(group.sender)[0]?.phone ?? ''),
      contactName: (
        reading.contactName ||
        whole.contactName ||
        (isPhone(group.sender) ? '' : group.sender)
      ).slice(0, contactLimits.nameChars),
      original: withoutPhones(text).slice(0, needLimits.originalChars),
    }
  })
}

/** Empty for a text without words; where nothing is recognised, one proposal with the text alone. */
export const readMessage = (lexicon: Lexicon, text: string): Proposal[] => {
  const pieces = splitMessages(text, lexicon.dropped)
  if (pieces.length === 0) return []
  const { groups, forAll } = groupsOf(lexicon, pieces)
  const common = readPiece(lexicon, forAll.join('\n'))
  const telling = groups.filter(saysSomething)
  const kept = telling.length > 0 ? telling : groups.slice(0, 1)
  return kept.flatMap((group) => proposalsOf(lexicon, group, common)).slice(0, maxProposals)
}
