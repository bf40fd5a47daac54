/** Corrects a need: only what was really changed is written, so that nobody else's edit is taken back. */

import { useRoute } from 'preact-iso'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useNeed } from '../../hooks/use-need.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedView } from '../../records/need/queries.ts'
import { EditScreen } from '../edit-screen.tsx'
import { useNames } from '../names.ts'
import { NeedForm } from '../need-form.tsx'
import {
  editNeedCommand,
  type NeedValue,
  needFieldNames,
  needValue,
  readNeedValue,
} from '../need-form-value.ts'
import { useEdit } from '../use-edit.ts'

const Loaded = ({ view }: { view: NeedView }) => {
  const { id, creator } = view.need
  const { me } = useNames()
  const edit = useEdit<NeedValue>(`need.edit.${id}`, `/need/${id}`, t('form.savedChanges'))
  const { draft, runner } = edit
  const save = () => void edit.save(editNeedCommand(view, draft.value))
  return (
    <EditScreen
      title={t('form.editNeed')}
      edit={edit}
      failure={runner.error}
      fields={needFieldNames}
      onSave={save}
    >
      <NeedForm
        value={readNeedValue({ ...needValue(view), ...draft.value })}
        onChange={draft.change}
        failure={runner.error}
        areas={useAreas()}
        withContact={creator === me}
        contactWasOpen={view.contact.exists && !view.contact.isConfidential}
        contactIsElsewhere={view.contact.exists && view.contact.row === undefined}
        onSubmit={save}
      />
    </EditScreen>
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
