/** What another app shared comes into the form of a need, and is said there: what was cut, what waits, what is missing. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { StatusLine } from '../components/status-line.tsx'
import { receivedFiles } from '../hooks/received-files.ts'
import { t } from '../i18n/translate.ts'
import { needLimits } from '../records/need/need.ts'
import { readMessage } from '../records/need/reading/read-message.ts'
import { lexiconNow } from './lexicon.ts'
import { type NeedValue, saysWhat } from './need-form-value.ts'
import { needFromProposal } from './pasted.ts'
import { hasRoomFor, useTakeReceived } from './take-received.ts'
import { takeSentText } from './take-sent-text.ts'

interface ReceivedInProps {
  value: NeedValue
  onChange: (changes: Partial<NeedValue>) => void
  areas: readonly string[]
  /** files that the service worker did not keep */
  left: number
  /** how many wait for the next need: one has one voice note and three photos */
  onWaiting: (count: number) => void
}

/** The words that came with the files: they fill an empty form, and stand as told in one that says something. */
const fromText = (text: string, value: NeedValue, areas: readonly string[]): Partial<NeedValue> => {
  const [first, ...more] = readMessage(lexiconNow(), text)
  if (!first) return value.details === '' ? { details: text.slice(0, needLimits.detailsChars) } : {}
  const told = [value.original, first.original, ...more.map(({ original }) => original)]
  const original = told
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, needLimits.originalChars)
  const { photos, voice, said } = value
  return saysWhat(value)
    ? { original, keepsOriginal: false }
    : { ...needFromProposal(first, areas, Date.now()), photos, voice, said, original }
}

/** Whoever spoke has agreed to nothing by sending it. */
const ofOther = { forWhom: 'other', consent: false } as const

const useReceivedIn = ({ value, onChange, areas, onWaiting }: ReceivedInProps) => {
  const take = useTakeReceived()
  const [isTaking, setTaking] = useState(false)
  const [waiting, setWaiting] = useState(0)
  const [notes, setNotes] = useState<readonly string[]>([])
  const isBusy = useRef(false)
  // the newest, while several are made ready one after the other
  const newest = useRef(value)
  newest.current = value

  const put = (changes: Partial<NeedValue>) => {
    const isFirst = !saysWhat(newest.current) && newest.current.photos.length === 0
    const all = isFirst ? { ...ofOther, ...changes } : changes
    newest.current = { ...newest.current, ...all }
    onChange(all)
  }
  const takeAll = async (): Promise<void> => {
    const text = takeSentText()
    if (text !== '') put(fromText(text, newest.current, areas))
    let count = 0
    for (const shared of await receivedFiles()) {
      if (!hasRoomFor(shared.kind, newest.current)) {
        count += 1
        continue
      }
      setTaking(true)
      const { changes, note, isOver } = await take(shared, newest.current)
      if (note !== '') setNotes((said) => [...said, note])
      if (Object.keys(changes).length > 0) put(changes)
      // only now that the draft has it
      if (isOver) await shared.drop()
    }
    setTaking(false)
    setWaiting(count)
    onWaiting(count)
  }
  // where there is room again, the next comes in
  useEffect(() => {
    if (isBusy.current) return
    isBusy.current = true
    takeAll()
      .catch((reason: unknown) => console.warn('what was shared does not open', reason))
      .finally(() => {
        isBusy.current = false
      })
  }, [value.voice === null, value.photos.length])
  return { isTaking, waiting, notes }
}

export const ReceivedIn = (props: ReceivedInProps) => {
  const { isTaking, waiting, notes } = useReceivedIn(props)
  return (
    <div role="status">
      {isTaking && <StatusLine icon="info">{t('shared.taking')}</StatusLine>}
      {notes.map((note, i) => (
        <StatusLine key={i} icon="info" tone="wait">
          {note}
        </StatusLine>
      ))}
      {props.left > 0 && (
        <StatusLine icon="warning" tone="wait">
          {t('shared.left', { count: props.left })}
        </StatusLine>
      )}
      {waiting > 0 && <StatusLine icon="info">{t('shared.waiting', { count: waiting })}</StatusLine>}
    </div>
  )
}
