/** Draws a few words as a picture for a chat, on the phone: the browser shapes the letters, lines break by its own measures. */

export interface PictureCard {
  /** at the top, small */
  head: string
  title: string
  details: string
  /** one line each; empty ones are left out */
  facts: readonly string[]
  /** at the foot, small */
  foot: string
  tone: 'urgent' | 'wait' | 'act'
  direction: 'rtl' | 'ltr'
  /** CSS font families */
  faces: string
}

/** Chats carry it over the slowest link; the limit is the experience design's for what is shared. */
export const maxPictureBytes = 60_000

/** Always light: it is read on other people's screens. The values are those of tokens.css. */
const paper = '#fbf7f0'
const ink = '#1b2421'
const soft = '#505b55'
const line = '#e7dfd2'
const bandByTone = { urgent: '#a3271c', wait: '#8a5200', act: '#0f6b5c' } as const

const width = 720
const margin = 48
const inner = width - 2 * margin
/** Narrower ones are tried while the file is too large. */
const scales = [1, 0.75, 0.5]

interface Style {
  px: number
  weight: 400 | 600 | 700
  colour: string
  maxLines: number
  /** space below, px */
  below: number
}

const leading = 1.55

/** Words that fit a line; a word that is longer than a line is cut where it must be. */
const brokenInto = (pen: CanvasRenderingContext2D, text: string, maxLines: number): string[] => {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let held = ''
    for (const word of paragraph.split(/\s+/).filter((one) => one !== '')) {
      const tried = held === '' ? word : `${held} ${word}`
      if (pen.measureText(tried).width <= inner) held = tried
      else {
        if (held !== '') lines.push(held)
        held = word
        while (pen.measureText(held).width > inner && held.length > 1) {
          let fits = held.length - 1
          while (fits > 1 && pen.measureText(held.slice(0, fits)).width > inner) fits--
          lines.push(held.slice(0, fits))
          held = held.slice(fits)
        }
      }
    }
    if (held !== '') lines.push(held)
  }
  if (lines.length <= maxLines) return lines
  const shown = lines.slice(0, maxLines)
  shown[maxLines - 1] = `${shown[maxLines - 1]?.replace(/\s*\S*$/, '') ?? ''}…`
  return shown
}

/** Of the first letter that has one; a line of digits takes that of the page. */
const directionOf = (text: string, page: 'rtl' | 'ltr'): 'rtl' | 'ltr' => {
  const first = text.match(/\p{L}/u)?.[0]
  if (first === undefined) return page
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(first) ? 'rtl' : 'ltr'
}

interface Line {
  text: string
  style: Style
}

const layOut = (pen: CanvasRenderingContext2D, card: PictureCard): Line[] => {
  const parts: [string, Style][] = [
    [card.head, { px: 26, weight: 600, colour: soft, maxLines: 1, below: 12 }],
    [card.title, { px: 46, weight: 700, colour: ink, maxLines: 4, below: 20 }],
    [card.details, { px: 30, weight: 400, colour: ink, maxLines: 5, below: 24 }],
    ...card.facts.map((fact): [string, Style] => [
      fact,
      { px: 30, weight: 600, colour: ink, maxLines: 2, below: 10 },
    ]),
    [card.foot, { px: 24, weight: 400, colour: soft, maxLines: 2, below: 0 }],
  ]
  return parts.flatMap(([text, style]) => {
    if (text === '') return []
    pen.font = `${style.weight} ${style.px}px ${card.faces}`
    const lines = brokenInto(pen, text, style.maxLines)
    return lines.map((one, i) => ({
      text: one,
      style: i === lines.length - 1 ? style : { ...style, below: 0 },
    }))
  })
}

const paint = (canvas: HTMLCanvasElement, card: PictureCard, scale: number): void => {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const lines = layOut(pen, card)
  const height = lines.reduce((sum, { style }) => sum + style.px * leading + style.below, 2 * margin + 16)
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  pen.scale(scale, scale)
  pen.fillStyle = paper
  pen.fillRect(0, 0, width, height)
  pen.fillStyle = bandByTone[card.tone]
  pen.fillRect(0, 0, width, 16)
  pen.strokeStyle = line
  pen.lineWidth = 4
  pen.strokeRect(2, 2, width - 4, height - 4)
  pen.textBaseline = 'middle'
  pen.textAlign = card.direction === 'rtl' ? 'right' : 'left'
  const x = card.direction === 'rtl' ? width - margin : margin
  let y = margin + 16
  for (const { text, style } of lines) {
    pen.font = `${style.weight} ${style.px}px ${card.faces}`
    pen.fillStyle = style.colour
    pen.direction = directionOf(text, card.direction)
    pen.fillText(text, x, y + (style.px * leading) / 2)
    y += style.px * leading + style.below
  }
}

const encoded = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))

/** A PNG of at most {@link maxPictureBytes}, or null where this browser draws none. */
export const drawCard = async (card: PictureCard): Promise<Blob | null> => {
  for (const scale of scales) {
    const canvas = document.createElement('canvas')
    paint(canvas, card, scale)
    const blob = await encoded(canvas)
    if (!blob || blob.size <= maxPictureBytes) return blob
  }
  return null
}
