/** Corrects a need: only what was really changed is written, so that nobody else's edit is taken back. */

import { useLocation, useRoute } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { leaveTo } from '../../components/go-back.ts'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useNeed } from '../../hooks/use-need.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedView } from '../../records/need/queries.ts'
import { FormNotes } from '../form-notes.tsx'
import { useNames } from '../names.ts'
import { NeedForm } from '../need-form.tsx'
import {
  editNeedCommand,
  type NeedValue,
  needFieldNames,
  needValue,
  readNeedValue,
} from '../need-form-value.ts'
import { useSaveWords } from '../save-words.ts'

const Loaded = ({ view }: { view: NeedView }) => {
  const { id, creator } = view.need
  const page = `/need/${id}`
  const { route } = useLocation()
  const { me } = useNames()
  const { run, busy, error, clearError } = useCommand()
  // the draft holds changes only: what others write meanwhile shows through
  const draft = useDraft<Partial<NeedValue>>(`need.edit.${id}`, {})
  const value = readNeedValue({ ...needValue(view), ...draft.value })
  const words = useSaveWords(busy, t('act.save'))

  const save = async () => {
    const command = editNeedCommand(view, draft.value)
    const result = command && (await run(command))
    if (result && !result.ok) return
    await draft.clear({})
    if (result) showToast(t('form.savedChanges'), 'saved')
    leaveTo(page, (path) => route(path, true))
  }

  return (
    <Screen
      title={t('form.editNeed')}
      back={page}
      actions={
        <Button busy={busy} onClick={() => void save()} wide>
          {words}
        </Button>
      }
    >
      <FormNotes
        ready={draft.ready}
        dirty={draft.dirty}
        failure={error}
        fields={needFieldNames}
        onStartOver={() => {
          clearError()
          void draft.clear({})
        }}
      />
      <NeedForm
        value={value}
        onChange={draft.change}
        failure={error}
        areas={useAreas()}
        withContact={creator === me}
        contactWasOpen={view.contact.exists && !view.contact.isConfidential}
        onSubmit={() => void save()}
      />
    </Screen>
  )
}

const EditNeedScreen = () => {
  const { params } = useRoute()
  const view = useNeed(params.id ?? '')
  if (view === undefined) return null
  if (view === null) {
    return (
      <Screen title={t('form.editNeed')} back="/board">
        <EmptyState drawing="notebook" title={t('need.gone')}>
          {t('need.goneWhy')}
        </EmptyState>
      </Screen>
    )
  }
  return <Loaded view={view} />
}

export default EditNeedScreen
