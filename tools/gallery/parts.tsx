/** The parts of the gallery by their names in its addresses. */

import type { ComponentType } from 'preact'
import { FormPart } from './form-part.tsx'
import { ListPart } from './list-part.tsx'
import { MediaPart } from './media-part.tsx'
import { DialogPart, EmptyPart, PlacePart, ScreenPart, SheetPart } from './over-parts.tsx'
import { PressPart } from './press-part.tsx'
import { WordsPart } from './words-part.tsx'

interface GalleryPart {
  says: string
  Part: ComponentType
  /** fills a window by itself: bars, sheets */
  isWhole: boolean
}

const flowing = (says: string, Part: ComponentType): GalleryPart => ({ says, Part, isWhole: false })
const whole = (says: string, Part: ComponentType): GalleryPart => ({ says, Part, isWhole: true })

export const parts = {
  press: flowing('What one presses: buttons, chips, choices, switches', PressPart),
  form: flowing('What one fills in: fields of each kind, hints, errors, what is left', FormPart),
  list: flowing('What one reads: cards, rows, badges, people, progress', ListPart),
  words: flowing('How things stand: lines, marks, times; what is said to iPhones and in chats', WordsPart),
  media: flowing('Voice, pictures of codes, drawings', MediaPart),
  screen: whole('A screen with its main acts, and a sentence over it', ScreenPart),
  place: whole('A place with the bar', PlacePart),
  empty: whole('An empty place', EmptyPart),
  sheet: whole('A sheet from below', SheetPart),
  dialog: whole('A question in the middle', DialogPart),
} satisfies Record<string, GalleryPart>

export type PartName = keyof typeof parts

export const isPartName = (name: string | null): name is PartName => name !== null && name in parts
