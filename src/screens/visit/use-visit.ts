/** Where a visit stands: its draft, the question that the address names, and the ways on, back and out. */

import { useEffect, useRef } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { leaveTo } from '../../components/go-back.ts'
import { showToast } from '../../components/toast.tsx'
import { type Draft, useDraft } from '../../hooks/use-draft.ts'
import { t } from '../../i18n/translate.ts'
import {
  emptyVisit,
  isVisitStep,
  readVisitValue,
  stepBefore,
  type VisitStep,
  type VisitValue,
} from './visit-value.ts'

export interface Visit {
  draft: Draft<VisitValue>
  value: VisitValue
  step: VisitStep
  go: (step: VisitStep) => void
  /** one question back; from the first one out */
  back: () => void
  /** out, to the board: what is not saved stays for the next time */
  leave: () => void
}

const pathOf = (step: VisitStep): string => `/add/visit/${step}`

export const useVisit = (): Visit => {
  const { route } = useLocation()
  const { params } = useRoute()
  const draft = useDraft('need.visit', emptyVisit())
  const value = readVisitValue(draft.value)
  const at = isVisitStep(params.step) ? params.step : null
  const step = at ?? value.step
  /** where it was saved: going back from there does not lead into what is saved */
  const savedAt = useRef<VisitStep | null>(null)

  const leave = () => {
    if (value.isSaved) void draft.clear(emptyVisit())
    else if (draft.dirty) showToast(t('visit.kept'), 'saved')
    route('/board', true)
  }
  useEffect(() => {
    if (!draft.ready) return
    // without a question in its address it goes on where it was
    if (at === null) return route(pathOf(value.step), true)
    if (!value.isSaved) {
      savedAt.current = null
      if (draft.dirty && value.step !== at) draft.change({ step: at })
    } else if (savedAt.current !== null && savedAt.current !== at) leave()
    else savedAt.current = at
  }, [draft.ready, draft.dirty, value.isSaved, at])

  return {
    draft,
    value,
    step,
    go: (next) => route(pathOf(next)),
    back: () => {
      const before = stepBefore(step)
      if (before === null) leave()
      else leaveTo(pathOf(before), (path) => route(path, true))
    },
    leave,
  }
}
