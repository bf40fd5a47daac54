/** Corrects an own offer. */

import { useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { leaveTo } from '../../components/go-back.ts'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useOffer } from '../../hooks/use-offer.ts'
import { t } from '../../i18n/translate.ts'
import type { OfferView } from '../../records/offer/queries.ts'
import { FormNotes } from '../form-notes.tsx'
import { OfferForm } from '../offer-form.tsx'
import {
  editOfferCommand,
  type OfferValue,
  offerFieldNames,
  offerValue,
  scheduleLack,
} from '../offer-form-value.ts'
import { useSaveWords } from '../save-words.ts'

const Loaded = ({ view }: { view: OfferView }) => {
  const { id } = view.offer
  const page = `/offer/${id}`
  const { route } = useLocation()
  const { run, busy, error, clearError } = useCommand()
  const [tried, setTried] = useState(false)
  const draft = useDraft<Partial<OfferValue>>(`offer.edit.${id}`, {})
  const value = { ...offerValue(view), ...draft.value }
  const lack = tried ? scheduleLack(value) : null
  const words = useSaveWords(busy, t('act.save'))

  const save = async () => {
    setTried(true)
    const command = editOfferCommand(view, value)
    if (!command) return
    const result = await run(command)
    if (!result.ok) return
    await draft.clear({})
    showToast(t('form.savedChanges'), 'saved')
    leaveTo(page, (path) => route(path, true))
  }

  return (
    <Screen
      title={t('form.editOffer')}
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
        failure={lack ?? error}
        fields={offerFieldNames}
        onStartOver={() => {
          clearError()
          void draft.clear({})
        }}
      />
      <OfferForm
        value={value}
        onChange={draft.change}
        failure={lack ?? error}
        areas={useAreas()}
        now={useNow()}
        contactWasOpen={view.contact.exists && !view.contact.isConfidential}
        onSubmit={() => void save()}
      />
    </Screen>
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
