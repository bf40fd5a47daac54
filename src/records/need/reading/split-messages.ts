/** A pasted chat as the messages in it: headers with times and names taken off, numbered lists taken apart. */

import { fold } from '../../../i18n/fold.ts'

export interface Piece {
  text: string
  /** who wrote it, where the chat says so: a name or a phone */
  sender: string
  /** a message of a chat with its header, a line of a list, or any other line */
  source: 'chat' | 'list' | 'line'
}

const date = String.raw`\p{Nd}{1,4}[/.\-\u200f]{1,2}\p{Nd}{1,2}[/.\-\u200f]{1,2}\p{Nd}{1,4}`
const time = String.raw`\p{Nd}{1,2}:\p{Nd}{2}(?::\p{Nd}{2})?[\s\u202f]*(?:ص|م|[ap]\.?m\.?)?`
/** As WhatsApp, Telegram and Messenger copy them: «[12/11/2026, 9:15 ص] ابو سيف: …», «12:40 - زهراء: …» */
const header = new RegExp(
  String.raw`^[\u200e\u200f\s]*\[?\s*(?:${date}\s*[,،]?\s*)?${time}\s*\]?\s*(?:[-–—]\s*)?([^:\n]{1,40}):\s*`,
  'iu',
)
/** «زهراء, [12.11.2026 12:40]» */
const telegramHeader = new RegExp(String.raw`^([^\[\n]{1,40}),\s*\[(?:${date}\s*,?\s*)${time}\s*\]\s*$`, 'iu')
const bullet = /^\s*(?:(?:\p{Nd}{1,2}|[\p{L}])\s*[-.)ـ–—/]{1,2}\s+|[•*\-–—▪▫◾◽✅✔🔹🔸📌➡👈]\ufe0f?\s*)/u

const isDropped = (line: string, dropped: readonly string[]): boolean => {
  const words = ` ${fold(line)} `
  return dropped.some((phrase) => words.includes(` ${phrase} `)) && words.length < 60
}

/** No pattern goes back and forth in thousands of blanks. */
const withoutRuns = (text: string): string => text.replace(/\r/g, '').replace(/[^\S\n]{2,}/g, ' ')

/** Each line, or each message of a chat with its lines; a line of a list begins a piece of its own. */
export const splitMessages = (text: string, dropped: readonly string[]): Piece[] => {
  const pieces: Piece[] = []
  let sender = ''
  for (const line of withoutRuns(text).split('\n')) {
    if (line.trim() === '' || isDropped(line, dropped)) continue
    const telegram = line.match(telegramHeader)
    const said = telegram ?? line.match(header)
    if (said) sender = (said[1] ?? '').replace(/[~\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
    const rest = said ? line.slice(said[0].length) : line
    const listed = rest.match(bullet)
    const own = (listed ? rest.slice(listed[0].length) : rest).trim()
    pieces.push({ text: own, sender, source: said ? 'chat' : listed ? 'list' : 'line' })
  }
  return pieces.filter(({ text: own, source }) => own !== '' || source === 'chat')
}
