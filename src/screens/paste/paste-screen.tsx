/** A message from a chat becomes needs: read on the phone by word lists, corrected by a person, one after the other. */

import '../../components/styles/forms.css'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { usePutDraft } from '../../hooks/put-draft.ts'
import { useReceivedWaits } from '../../hooks/received-files.ts'
import { useAreas } from '../../hooks/use-areas.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { t } from '../../i18n/translate.ts'
import { type Proposal, readMessage } from '../../records/need/reading/read-message.ts'
import { lexiconNow } from '../lexicon.ts'
import {
  isUnfinished,
  needFromProposal,
  noPasted,
  offerFromProposal,
  pastedFormKey,
  pastedKey,
  pastedOfferKey,
  sharedFormKey,
} from '../pasted.ts'
import { maxReadChars, takeSentText } from '../take-sent-text.ts'
import { ProposalCard } from './proposal-card.tsx'

const useProposals = (text: string): readonly Proposal[] => {
  const lexicon = lexiconNow()
  return useMemo(
    () => (text === '' ? [] : readMessage(lexicon, text.slice(0, maxReadChars))),
    [lexicon, text],
  )
}

interface ReplaceDialogProps {
  open: boolean
  onReplace: () => void
  onClose: () => void
}

/** Any link can bring words: they never come over what somebody has not finished. */
const ReplaceDialog = ({ open, onReplace, onClose }: ReplaceDialogProps) => (
  <Dialog
    open={open}
    title={t('paste.replaceAsk')}
    onClose={onClose}
    actions={
      <>
        <Button kind="ghost" onClick={onClose}>
          {t('act.dismiss')}
        </Button>
        <Button onClick={onReplace}>{t('paste.read')}</Button>
      </>
    }
  />
)

const PasteScreen = () => {
  const { route } = useLocation()
  const areas = useAreas()
  const putDraft = usePutDraft()
  const { value, change, clear, ready } = useDraft(pastedKey, noPasted)
  const sharedWaits = useReceivedWaits(sharedFormKey)
  /** came while another message was unfinished */
  const [sent, setSent] = useState('')
  const found = useRef<HTMLHeadingElement>(null)
  const proposals = useProposals(value.read)
  const shown = proposals.map((proposal, i) => ({ proposal, i })).filter(({ i }) => !value.left.includes(i))

  const isRead = value.read !== '' && value.read === value.text.trim()
  // reading the same again would forget what is saved of it, and save it twice
  const read = (text: string) => {
    if (value.read === '' || value.read !== text.trim()) change({ ...noPasted, text, read: text.trim() })
  }
  // once what was kept is here: it would come over what was just shared
  useEffect(() => {
    const shared = ready ? takeSentText() : ''
    if (shared === '' || shared.trim() === value.read) return
    if (isUnfinished(value, proposals.length)) setSent(shared)
    else read(shared)
  }, [ready])
  useEffect(() => {
    if (value.read !== '') found.current?.scrollIntoView({ block: 'center' })
  }, [value.read])

  const review = async (proposal: Proposal, i: number) => {
    change({ open: i })
    if (proposal.kind === 'offer') {
      await putDraft(pastedOfferKey, offerFromProposal(proposal, areas))
      return route('/add/offer?from=paste')
    }
    await putDraft(pastedFormKey, needFromProposal(proposal, areas, Date.now()))
    route('/add/need?from=paste')
  }

  return (
    <Screen
      title={t('act.paste')}
      back="/board"
      under={
        <>
          <p class="soft">{t('paste.lead')}</p>
          {sharedWaits && (
            <StatusLine icon="edit" tone="wait" href="/add/need?from=share">
              {t('shared.unsaved')}
            </StatusLine>
          )}
        </>
      }
      actions={
        isRead ? (
          <Button kind="ghost" href="/board" wide>
            {t('today.seeBoard')}
          </Button>
        ) : (
          <Button onClick={() => read(value.text)} wide>
            {t('paste.read')}
          </Button>
        )
      }
    >
      <ReplaceDialog
        open={sent !== ''}
        onReplace={() => {
          read(sent)
          setSent('')
        }}
        onClose={() => setSent('')}
      />
      <form
        class="stack roomy"
        onSubmit={(event) => {
          event.preventDefault()
          read(value.text)
        }}
        // what is pasted as a whole needs no second press
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text') ?? ''
          if (value.text.trim() !== '' || text.trim() === '') return
          event.preventDefault()
          read(text)
        }}
      >
        <Field
          label={t('paste.text')}
          hint={t('paste.textHint')}
          rows={6}
          value={value.text}
          onInput={(text) => change({ text })}
        />
      </form>
      {value.text !== '' && (
        <div>
          <Button kind="quiet" compact icon="close" onClick={() => void clear(noPasted)}>
            {t('paste.clear')}
          </Button>
        </div>
      )}
      {value.read !== '' && (
        <section class="stack" aria-labelledby="paste-found">
          <div role="status">
            <h2 id="paste-found" ref={found}>
              {t('paste.found', { count: shown.length })}
            </h2>
          </div>
          {shown.length > 0 && <StatusLine icon="info">{t('paste.correct')}</StatusLine>}
          <ul class="records">
            {shown.map(({ proposal, i }) => (
              <ProposalCard
                key={i}
                proposal={proposal}
                savedAs={value.saved[i]}
                onReview={() => void review(proposal, i)}
                onLeave={() => change({ left: [...value.left, i] })}
              />
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}

export default PasteScreen
