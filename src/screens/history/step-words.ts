/** A step of a record's history in words: what was done, and the drawing beside it. */

import type { IconName } from '../../components/icon.tsx'
import { t } from '../../i18n/translate.ts'
import type { HistoryChange, HistoryStep } from '../../records/record-history.ts'

interface StepWords {
  words: string
  icon: IconName
}

const say = (words: string, icon: IconName): StepWords => ({ words, icon })

const madeWords = (type: string): StepWords => {
  switch (type) {
    case 'need':
      return say(t('history.needMade'), 'add')
    case 'offer':
      return say(t('history.offerMade'), 'add')
    case 'profile':
      return say(t('history.profileMade'), 'add')
    case 'claim':
      return say(t('history.taken'), 'take')
    case 'hiding':
      return say(t('history.hide'), 'warning')
    case 'ask':
      return say(t('history.asked'), 'message')
    default:
      return say(t('history.otherMade'), 'add')
  }
}

const wroteTo = ({ changes }: HistoryStep, field: string): HistoryChange | undefined =>
  changes.find((change) => change.field === field)

const claimWords = (step: HistoryStep): StepWords => {
  switch (wroteTo(step, 'state')?.to) {
    case 'taken':
      return say(t('history.taken'), 'take')
    case 'onWay':
      return say(t('history.onWay'), 'onWay')
    case 'done':
      return say(t('history.done'), 'check')
    case 'released':
      return say(t('history.released'), 'release')
    default:
      return step.changes.length === 0 ? say(t('history.again'), 'clock') : say(t('history.changed'), 'edit')
  }
}

/** Said again by `set`, it says the same as at first. */
const wordOf = (received: unknown): StepWords =>
  received === true ? say(t('history.received'), 'delivered') : say(t('history.notReceived'), 'warning')

/** Of two needs: said at first, or written anew. */
const sameWords = (isUndone: boolean): StepWords =>
  isUndone ? say(t('history.twoNeeds'), 'close') : say(t('history.oneNeed'), 'copy')

const setWords = (step: HistoryStep): StepWords => {
  if (step.type === 'claim') return claimWords(step)
  const received = wroteTo(step, 'received')
  if (step.type === 'confirmation' && received) return wordOf(received.to)
  const undone = wroteTo(step, 'undone')
  if (undone) return sameWords(undone.to === true)
  const lifted = wroteTo(step, 'lifted')
  if (lifted) return lifted.to === true ? say(t('history.lift'), 'undo') : madeWords('hiding')
  const cancelled = wroteTo(step, 'cancelled')
  if (cancelled)
    return cancelled.to === true ? say(t('history.cancelled'), 'close') : say(t('history.opened'), 'undo')
  const ended = wroteTo(step, 'ended')
  if (ended) return ended.to === true ? say(t('history.ended'), 'close') : say(t('history.begun'), 'undo')
  return say(t('history.changed'), 'edit')
}

export const stepWords = (step: HistoryStep): StepWords => {
  if (step.op === 'erase') return say(t(step.type === 'ask' ? 'history.unasked' : 'history.erased'), 'close')
  if (step.op === 'create' && step.type === 'confirmation') return wordOf(step.made.received)
  if (step.op === 'create' && step.type === 'same-as') return sameWords(step.made.undone === true)
  if (step.op === 'create') return madeWords(step.type)
  return setWords(step)
}

/** What the words of the step have said already. */
const saidBySelf = new Set(['state', 'firm', 'lifted', 'cancelled', 'ended', 'received', 'undone'])

export const toldChanges = ({ changes }: HistoryStep): HistoryChange[] =>
  changes.filter(({ field }) => !saidBySelf.has(field))
