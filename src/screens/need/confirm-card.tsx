/** Whether what somebody says he brought has arrived: two answers, and a word of thanks. Nobody is blamed for a no. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icon.tsx'
import { showToast } from '../../components/toast.tsx'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import { confirmationLimits } from '../../records/confirmation/confirmation.ts'
import type { NeedPage } from './need-page.ts'

interface Part {
  claim: ClaimRow
  page: NeedPage
}

const Question = ({ claim, page, onAnswer }: Part & { onAnswer: () => void }) => {
  const { runner, isAuthor, view } = page
  const isForMe = isAuthor && view.need.forWhom !== 'other'
  const say = async (received: boolean) => {
    const result = await runner.run({ type: 'confirmation.say', claimId: claim.id, received })
    if (!result.ok) return
    onAnswer()
    showToast(t(received ? 'confirm.savedYes' : 'confirm.savedNo'))
  }
  return (
    <>
      <div class="ways">
        <Button icon="check" busy={runner.busy} onClick={() => void say(true)}>
          {t(isForMe ? 'confirm.received' : 'confirm.arrived')}
        </Button>
        <Button kind="ghost" busy={runner.busy} onClick={() => void say(false)}>
          {t(isForMe ? 'confirm.notReceived' : 'confirm.notArrived')}
        </Button>
      </div>
      <p class="soft">{t('confirm.why')}</p>
    </>
  )
}

const Thanks = ({ claim, page: { runner, names } }: Part) => {
  const [words, setWords] = useState('')
  const thank = async () => {
    const thanks = words.trim() === '' ? t('confirm.sendThanks') : words
    const said = { type: 'confirmation.say', claimId: claim.id, received: true, thanks } as const
    if ((await runner.run(said)).ok) showToast(t('confirm.thanked'))
  }
  return (
    <>
      <Field
        label={t('confirm.thanks', { name: names.nameOf(claim.creator) })}
        optional
        value={words}
        onInput={setWords}
        max={confirmationLimits.thanksChars}
      />
      <Button kind="ghost" busy={runner.busy} onClick={() => void thank()}>
        {t('confirm.sendThanks')}
      </Button>
    </>
  )
}

const Answered = ({ claim, page, onChange }: Part & { onChange: () => void }) => (
  <>
    {/* thanks are read by all */}
    {!page.view.need.confidential && claim.word?.received && claim.word.thanks === '' && (
      <Thanks claim={claim} page={page} />
    )}
    {claim.word && claim.word.thanks !== '' && (
      <p>{t('confirm.quote', { name: page.names.nameOf(claim.word.by), words: claim.word.thanks })}</p>
    )}
    <Button kind="quiet" icon="undo" onClick={onChange}>
      {t('confirm.change')}
    </Button>
  </>
)

const Confirm = ({ claim, page }: Part) => {
  const [asksAgain, setAsksAgain] = useState(false)
  const { word } = claim
  const isOpen = word === null || asksAgain
  const title = isOpen ? t('confirm.ask') : t(word.received ? 'confirm.byMe' : 'confirm.notYet')
  const from = { name: page.names.nameOf(claim.creator), ago: timeAgo(claim.stateAt, page.now) }
  return (
    <Card as="section" tone={isOpen ? 'wait' : 'plain'}>
      <h2 class="card-head">
        <Icon name={isOpen ? 'help' : word.received ? 'delivered' : 'info'} />
        <span>{title}</span>
      </h2>
      <p class="soft">{t('confirm.from', from)}</p>
      {isOpen ? (
        <Question claim={claim} page={page} onAnswer={() => setAsksAgain(false)} />
      ) : (
        <Answered claim={claim} page={page} onChange={() => setAsksAgain(true)} />
      )}
    </Card>
  )
}

/** For who asked and for coordinators: of each claim that is done, the question, or what this person answered. */
export const ConfirmCards = ({ page }: { page: NeedPage }) => {
  const { view, names, isAuthor, isCoordinator, mayWrite } = page
  if (!mayWrite || (!isAuthor && !isCoordinator) || view.status.state === 'cancelled') return null
  const mine = view.status.places
    .map(({ claim }) => claim)
    .filter(({ state, creator, word }) => {
      const isMineToSay = word === null || word.by === names.me
      // who asked for himself brought it himself: nobody has to tell
      const isSelf = creator === view.need.creator
      return state === 'done' && creator !== names.me && !isSelf && isMineToSay
    })
  return (
    <>
      {mine.map((claim) => (
        <Confirm key={claim.id} claim={claim} page={page} />
      ))}
    </>
  )
}
