/** A visit at a door: one question on each page, by drawings and voice; kept at each answer, left and found again. */

import '../../components/styles/forms.css'
import './visit.css'
import { useEffect, useState } from 'preact/hooks'
import { showToast } from '../../components/toast.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useKeepMedia } from '../../hooks/use-media.ts'
import { useNoted } from '../../hooks/use-noted.ts'
import type { Failure } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { addNeedCommand } from '../need-form-value.ts'
import { useVisit } from './use-visit.ts'
import { VisitPage } from './visit-page.tsx'
import { VisitSaved } from './visit-saved.tsx'
import {
  firstLack,
  lackAt,
  nextHouse,
  sameHouse,
  stepAfter,
  stepOfFailure,
  type VisitValue,
} from './visit-value.ts'

interface SavedNeed {
  id: string
  value: VisitValue
}

export default function VisitScreen() {
  const { draft, value, step, go, back, leave } = useVisit()
  const { run, busy, error, clearError } = useCommand()
  const { drop } = useKeepMedia()
  const { note } = useNoted()
  const [lack, setLack] = useState<Failure | null>(null)
  const [row, setRow] = useState<readonly SavedNeed[]>([])
  const areas = useAreas(row.length)
  // what is missing is under the finger, and is heard
  useEffect(() => {
    if (lack) document.querySelector<HTMLElement>('.visit input')?.focus()
  }, [lack])

  const save = async () => {
    const result = await run(addNeedCommand(value))
    if (!result.ok) return go(stepOfFailure(result.error) ?? step)
    setRow([...row, { id: result.value.recordId ?? '', value }])
    draft.change({ ...sameHouse(value), isSaved: true })
    await note('visit')
  }
  const next = () => {
    if (busy) return
    const missing = step === 'check' ? firstLack(value) : step
    const found = missing && lackAt(missing, value)
    setLack(found ? { ...found } : null)
    if (found && missing !== step) return go(missing)
    if (found) return
    const after = stepAfter(step)
    if (after) go(after)
    else void save()
  }
  const begin = (house: VisitValue) => {
    clearError()
    draft.change(house)
    go('what')
  }
  const forget = () => {
    if (value.voice) drop(value.voice.id)
    begin(nextHouse(value))
    showToast(t('visit.forgotten'))
  }
  const takeBack = async () => {
    const last = row.at(-1)
    if (!last || !(await run({ type: 'need.takeBack', id: last.id })).ok) return
    setRow(row.slice(0, -1))
    // to be corrected and saved again
    draft.change({ ...last.value, step })
    showToast(t('quick.takenBack'), 'undo')
  }

  if (value.isSaved) {
    return (
      <VisitSaved
        row={row}
        busy={busy}
        failure={error}
        onTakeBack={() => void takeBack()}
        onSameHouse={() => begin({ ...value, isSaved: false })}
        onNextHouse={() => begin(nextHouse(value))}
        onEnd={leave}
      />
    )
  }
  return (
    <VisitPage
      step={step}
      ready={draft.ready}
      value={value}
      onChange={(changes) => {
        setLack(null)
        clearError()
        draft.change(changes)
      }}
      failure={lack ?? error}
      areas={areas}
      busy={busy}
      onNext={next}
      onGo={go}
      onBack={() => {
        setLack(null)
        back()
      }}
      onLeave={leave}
      onForget={forget}
    />
  )
}
