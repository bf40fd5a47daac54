/** The card of another phone that was scanned or pasted, and the name that stands on it. */

import { useRef, useState } from 'preact/hooks'
import { decodeMeetingCard } from '../../sync-server/protocol/meeting-card.ts'

export interface ReadCard {
  /** null until a whole card was read */
  card: string | null
  /** as typed on the other phone */
  nickname: string
  /** the last text was no card */
  isBroken: boolean
  take: (text: string) => void
  forget: () => void
}

export const useCard = (): ReadCard => {
  const [read, setRead] = useState<{ card: string; nickname: string } | null>(null)
  const [isBroken, setBroken] = useState(false)
  // a camera says the same text many times a second
  const last = useRef('')
  const take = (text: string) => {
    if (text === last.current) return
    last.current = text
    void decodeMeetingCard(text).then((card) => {
      setBroken(!card.ok)
      if (card.ok) setRead({ card: text, nickname: card.value.nickname })
    })
  }
  const forget = () => {
    last.current = ''
    setRead(null)
  }
  return { card: read?.card ?? null, nickname: read?.nickname ?? '', isBroken, take, forget }
}
