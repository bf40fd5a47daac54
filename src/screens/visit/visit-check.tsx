/** All that was answered, on one page, to be read to the people of the house; what is wrong is one touch away. */

import type { ComponentChildren } from 'preact'
import { Bdi } from '../../components/bdi.tsx'
import type { IconName } from '../../components/icon.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { t } from '../../i18n/translate.ts'
import { AlreadyTold } from '../already-told.tsx'
import { categoryIcon } from '../category-words.ts'
import { needTitle, quantityWords, urgencyIcon, urgencyTone } from '../need-words.ts'
import { VoiceNote } from '../voice-note.tsx'
import { houseAnswer, type VisitStep, type VisitValue } from './visit-value.ts'

interface VisitCheckProps {
  value: VisitValue
  onGo: (step: VisitStep) => void
}

interface Line {
  step: VisitStep
  icon: IconName
  tone?: 'act' | 'wait' | 'urgent' | 'plain'
  words: ComponentChildren
}

const agreedLine = (value: VisitValue): Line => {
  const answer = houseAnswer(value)
  if (answer === 'all') return { step: 'agree', icon: 'people', words: t('visit.agreedAll') }
  if (answer === 'few') return { step: 'agree', icon: 'lock', words: t('visit.agreedFew') }
  return { step: 'agree', icon: 'warning', tone: 'wait', words: t('visit.notAgreed') }
}

/** Never read aloud: who else stands at the door need not hear it. */
const Locked = ({ value: { contactName, address, phone } }: { value: VisitValue }) => (
  <span class="contact-words">
    <Bdi>{contactName}</Bdi>
    {contactName !== '' && address !== '' && ' · '}
    <Bdi>{address}</Bdi>
    {phone !== '' && (contactName !== '' || address !== '') && ' · '}
    <bdi dir="ltr">{phone}</bdi>
  </span>
)

const linesOf = (value: VisitValue): Line[] => {
  const category = value.category ?? 'other'
  const amount = quantityWords(value)
  const isLocked = value.contactName !== '' || value.address !== '' || value.phone !== ''
  return [
    { step: 'what', icon: categoryIcon(category), words: <Bdi>{needTitle({ ...value, category })}</Bdi> },
    {
      step: 'when',
      icon: urgencyIcon(value.urgency),
      tone: urgencyTone(value.urgency),
      words: t(`when.${value.urgency}`),
    },
    ...(amount === '' ? [] : [{ step: 'amount', icon: 'goods', words: amount } as const]),
    { step: 'where', icon: 'place', words: value.area === '' ? t('visit.noArea') : <Bdi>{value.area}</Bdi> },
    ...(isLocked ? [{ step: 'where', icon: 'lock', words: <Locked value={value} /> } as const] : []),
    agreedLine(value),
  ]
}

export const VisitCheck = ({ value, onGo }: VisitCheckProps) => (
  <>
    {value.voice && <VoiceNote voice={value.voice} label={t('voice.title')} />}
    <List>
      {linesOf(value).map(({ step, icon, tone = 'act', words }) => (
        <ListRow key={`${step} ${icon}`} icon={icon} tone={tone} title={words} onClick={() => onGo(step)} />
      ))}
    </List>
    <AlreadyTold value={value} />
  </>
)
