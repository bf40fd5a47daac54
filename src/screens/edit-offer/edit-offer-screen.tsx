/** Corrects an own offer. */

import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useOffer } from '../../hooks/use-offer.ts'
import { t } from '../../i18n/translate.ts'
import type { OfferView } from '../../records/offer/queries.ts'
import { EditScreen } from '../edit-screen.tsx'
import { OfferForm } from '../offer-form.tsx'
import {
  editOfferCommand,
  type OfferValue,
  offerFieldNames,
  offerValue,
  scheduleLack,
} from '../offer-form-value.ts'
import { useEdit } from '../use-edit.ts'

const Loaded = ({ view }: { view: OfferView }) => {
  const { id } = view.offer
  const edit = useEdit<OfferValue>(`offer.edit.${id}`, `/offer/${id}`, t('form.savedChanges'))
  const { draft, runner } = edit
  const [tried, setTried] = useState(false)
  const value = { ...offerValue(view), ...draft.value }
  const failure = (tried ? scheduleLack(value) : null) ?? runner.error
  const save = () => {
    setTried(true)
    const command = editOfferCommand(view, value)
    if (command) void edit.save(command)
  }
  return (
    <EditScreen
      title={t('form.editOffer')}
      edit={edit}
      failure={failure}
      fields={offerFieldNames}
      onSave={save}
    >
      <OfferForm
        value={value}
        onChange={draft.change}
        failure={failure}
        areas={useAreas()}
        now={useNow()}
        contactWasOpen={view.contact.exists && !view.contact.isConfidential}
        contactIsElsewhere={view.contact.exists && view.contact.row === undefined}
        onSubmit={save}
      />
    </EditScreen>
  )
}

const EditOfferScreen = () => {
  const { params } = useRoute()
  const view = useOffer(params.id ?? '')
  if (view === undefined) return null
  if (view === null) {
    return (
      <Screen title={t('form.editOffer')} back="/board">
        <EmptyState drawing="notebook" title={t('offer.gone')}>
          {t('offer.goneWhy')}
        </EmptyState>
      </Screen>
    )
  }
  return <Loaded view={view} />
}

export default EditOfferScreen
