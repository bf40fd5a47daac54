/** Logs a need; with «حفظ والتالية» one after the other, as from a notebook; or one that came from another app. */

import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useMyId } from '../../hooks/use-network.ts'
import type { Failure } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { FormNotes } from '../form-notes.tsx'
import { laterPart } from '../later-part.tsx'
import { sayAhead } from '../need-ahead.ts'
import { NeedForm } from '../need-form.tsx'
import {
  addNeedCommand,
  emptyNeed,
  needFieldNames,
  nextNeed,
  readNeedValue,
  saysWhat,
} from '../need-form-value.ts'
import { noPasted, pastedFormKey, pastedKey, sharedFormKey } from '../pasted.ts'
import type { SavedInRow } from '../quick-line.tsx'
import { useSaveWords } from '../save-words.ts'

const nothingSaid: Failure = { code: 'invalid', field: 'category', rule: 'required' }

const QuickLine = laterPart(() => import('../quick-line.tsx').then(({ QuickLine }) => QuickLine))
const AlreadyTold = laterPart(() => import('../already-told.tsx').then(({ AlreadyTold }) => AlreadyTold))
const ReceivedIn = laterPart(() => import('../received-in.tsx').then(({ ReceivedIn }) => ReceivedIn))

/** Each way into the form has a draft of its own: none writes over another. */
const draftKeys = new Map([
  ['paste', pastedFormKey],
  ['share', sharedFormKey],
])

const AddNeedScreen = () => {
  const { route, query } = useLocation()
  const { run, busy, error, clearError } = useCommand()
  const [lack, setLack] = useState<Failure | null>(null)
  const [row, setRow] = useState<readonly SavedInRow[] | null>(null)
  const form = useRef<HTMLDivElement>(null)
  const isPasted = query.from === 'paste'
  const isShared = query.from === 'share'
  const isOne = isPasted || isShared
  const draft = useDraft(draftKeys.get(query.from ?? '') ?? 'need.add', emptyNeed())
  const pasted = useDraft(pastedKey, noPasted)
  const waiting = useRef(0)
  const areas = useAreas(row?.length)
  const me = String(useMyId() ?? '')
  const value = readNeedValue(draft.value)
  const failure = lack ?? error
  const words = useSaveWords(busy, t('act.save'))

  const store = async (next?: 'leave'): Promise<string | null> => {
    setLack(saysWhat(value) ? null : nothingSaid)
    if (!saysWhat(value)) return null
    const result = await run(addNeedCommand(value), next)
    return result.ok ? (result.value.recordId ?? '') : null
  }
  const saveAndLeave = async () => {
    const isLast = !isShared || waiting.current === 0
    const id = await store(isLast ? 'leave' : undefined)
    if (id === null) return
    // together with leaving: the form is not drawn once more, and nobody waits until the draft is gone
    void draft.clear(emptyNeed())
    showToast(t('state.saved'), 'saved')
    // the form is empty again: what waited for it comes in
    if (!isLast) return document.querySelector('h1')?.scrollIntoView()
    if (!isPasted) {
      sayAhead({ ...value, id, creator: me, category: value.category ?? 'other' })
      return route(`/need/${id}`, true)
    }
    const { open, saved } = pasted.value
    pasted.change({ saved: { ...saved, [open]: id } })
    route('/paste', true)
  }
  const saveAndNext = async () => {
    const id = await store()
    if (id === null) return
    void draft.clear(nextNeed(value))
    setRow([...(row ?? []), { id, value }])
    // the next one begins where this one began, for thumbs and for keys
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
    document.querySelector('h1')?.scrollIntoView({ block: 'center' })
  }
  const takeBack = async () => {
    const last = row?.at(-1)
    if (!row || !last || !(await run({ type: 'need.takeBack', id: last.id })).ok) return
    setRow(row.slice(0, -1))
    // to be corrected and saved again; what has been typed meanwhile stays
    if (!draft.dirty) draft.change(last.value)
  }
  const startOver = () => {
    setLack(null)
    clearError()
    void draft.clear(emptyNeed())
  }

  return (
    <Screen
      title={t('form.newNeed')}
      back={isPasted ? '/paste' : '/board'}
      under={
        row === null ? (
          <p class="soft">{t('form.chooseCategory')}</p>
        ) : (
          <QuickLine row={row} busy={busy} onTakeBack={() => void takeBack()} />
        )
      }
      actions={
        <>
          <Button busy={busy} onClick={() => void saveAndLeave()} wide={isOne}>
            {words}
          </Button>
          {!isOne && (
            <Button kind="ghost" busy={busy} onClick={() => void saveAndNext()}>
              {t('act.saveNext')}
            </Button>
          )}
        </>
      }
    >
      <FormNotes
        ready={draft.ready}
        dirty={draft.dirty && !isPasted}
        failure={failure}
        fields={needFieldNames}
        onStartOver={startOver}
      />
      {isShared && draft.ready && (
        <ReceivedIn
          value={value}
          onChange={draft.change}
          areas={areas}
          left={Number.parseInt(query.left ?? '0', 10)}
          onWaiting={(count) => {
            waiting.current = count
          }}
        />
      )}
      <div ref={form}>
        <NeedForm
          value={value}
          onChange={(changes) => {
            setLack(null)
            draft.change(changes)
          }}
          failure={failure}
          areas={areas}
          withContact
          isNew
          hint={draft.dirty && <AlreadyTold value={value} />}
          onSubmit={() => void saveAndLeave()}
          {...(isOne ? {} : { onNext: () => void saveAndNext() })}
        />
      </div>
    </Screen>
  )
}

export default AddNeedScreen
