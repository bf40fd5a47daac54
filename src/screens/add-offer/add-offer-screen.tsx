/** Writes down what somebody can give, or what a pasted message offers. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useNow } from '../../hooks/use-now.ts'
import { t } from '../../i18n/translate.ts'
import { FormNotes } from '../form-notes.tsx'
import { OfferForm } from '../offer-form.tsx'
import { addOfferCommand, emptyOffer, offerFieldNames, scheduleLack } from '../offer-form-value.ts'
import { noPasted, pastedKey, pastedOfferKey } from '../pasted.ts'
import { useSaveWords } from '../save-words.ts'

const AddOfferScreen = () => {
  const { route, query } = useLocation()
  const { run, busy, error, clearError } = useCommand()
  const [tried, setTried] = useState(false)
  const isPasted = query.from === 'paste'
  const draft = useDraft(isPasted ? pastedOfferKey : 'offer.add', emptyOffer())
  const pasted = useDraft(pastedKey, noPasted)
  const lack = tried ? scheduleLack(draft.value) : null
  const words = useSaveWords(busy, t('act.save'))

  const save = async () => {
    setTried(true)
    const command = addOfferCommand(draft.value)
    if (!command) return
    const result = await run(command, 'leave')
    if (!result.ok) return
    // it is saved: nobody waits until the draft is gone
    void draft.clear(emptyOffer())
    showToast(t('state.saved'), 'saved')
    const id = result.value.recordId ?? ''
    if (!isPasted) return route(`/offer/${id}`, true)
    const { open, saved } = pasted.value
    pasted.change({ saved: { ...saved, [open]: id } })
    route('/paste', true)
  }

  return (
    <Screen
      title={t('form.newOffer')}
      back={isPasted ? '/paste' : '/board'}
      actions={
        <Button busy={busy} onClick={() => void save()} wide>
          {words}
        </Button>
      }
    >
      <FormNotes
        ready={draft.ready}
        dirty={draft.dirty && !isPasted}
        failure={lack ?? error}
        fields={offerFieldNames}
        onStartOver={() => {
          setTried(false)
          clearError()
          void draft.clear(emptyOffer())
        }}
      />
      <OfferForm
        value={draft.value}
        onChange={draft.change}
        failure={lack ?? error}
        areas={useAreas()}
        now={useNow()}
        onSubmit={() => void save()}
      />
    </Screen>
  )
}

export default AddOfferScreen
