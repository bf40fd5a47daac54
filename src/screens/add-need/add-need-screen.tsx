/** Logs a need; with «حفظ والتالية» one after the other, as from a notebook. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import type { Failure } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { FormNotes } from '../form-notes.tsx'
import { NeedForm } from '../need-form.tsx'
import {
  addNeedCommand,
  emptyNeed,
  type NeedValue,
  needFieldNames,
  nextNeed,
  readNeedValue,
  saysWhat,
} from '../need-form-value.ts'
import { needTitle } from '../need-words.ts'
import { useSaveWords } from '../save-words.ts'

const nothingSaid: Failure = { code: 'invalid', field: 'category', rule: 'required' }

/** Under the heading, where it covers none of the fields of the next one; heard as well. */
const Under = ({ saved }: { saved: NeedValue | null }) => (
  <p class="soft" role="status">
    {saved === null ? (
      t('form.chooseCategory')
    ) : (
      <>
        <Icon name="saved" size="small" /> {t('state.saved')} ·{' '}
        <Bdi>{needTitle({ ...saved, category: saved.category ?? 'other' })}</Bdi>
      </>
    )}
  </p>
)

const AddNeedScreen = () => {
  const { route } = useLocation()
  const { run, busy, error, clearError } = useCommand()
  const [lack, setLack] = useState<Failure | null>(null)
  const [saved, setSaved] = useState<NeedValue | null>(null)
  const draft = useDraft('need.add', emptyNeed())
  const value = readNeedValue(draft.value)
  const failure = lack ?? error
  const words = useSaveWords(busy, t('act.save'))

  const save = async (then: 'leave' | 'next') => {
    setLack(saysWhat(value) ? null : nothingSaid)
    if (!saysWhat(value)) return
    const result = await run(addNeedCommand(value))
    if (!result.ok) return
    await draft.clear(then === 'next' ? nextNeed(value) : emptyNeed())
    if (then === 'leave') {
      showToast(t('state.saved'), 'saved')
      route(`/need/${result.value.recordId ?? ''}`, true)
    } else {
      setSaved(value)
      document.querySelector('h1')?.scrollIntoView({ block: 'center' })
    }
  }
  const startOver = () => {
    setLack(null)
    clearError()
    void draft.clear(emptyNeed())
  }

  return (
    <Screen
      title={t('form.newNeed')}
      back="/board"
      under={<Under saved={saved} />}
      actions={
        <>
          <Button busy={busy} onClick={() => void save('leave')}>
            {words}
          </Button>
          <Button kind="ghost" busy={busy} onClick={() => void save('next')}>
            {t('act.saveNext')}
          </Button>
        </>
      }
    >
      <FormNotes
        ready={draft.ready}
        dirty={draft.dirty}
        failure={failure}
        fields={needFieldNames}
        onStartOver={startOver}
      />
      <NeedForm
        value={value}
        onChange={(changes) => {
          setLack(null)
          draft.change(changes)
        }}
        failure={failure}
        areas={useAreas()}
        withContact
        onSubmit={() => void save('leave')}
      />
    </Screen>
  )
}

export default AddNeedScreen
