/** One question of a visit: large, alone, with the ways on and back under the thumb and a speaker between them. */

import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { ListenButton } from '../../components/listen-button.tsx'
import { Screen } from '../../components/screen.tsx'
import { useSettings } from '../../hooks/use-settings.ts'
import { t } from '../../i18n/translate.ts'
import { useSaveWords } from '../save-words.ts'
import { VisitCheck } from './visit-check.tsx'
import { VisitDots } from './visit-dots.tsx'
import { VisitFailure } from './visit-failure.tsx'
import { VisitQuestion, type VisitQuestionProps } from './visit-question.tsx'
import type { VisitStep } from './visit-value.ts'

interface VisitPageProps extends VisitQuestionProps {
  step: VisitStep
  /** false until it is known what was answered before */
  ready: boolean
  busy: boolean
  /** the next question; saves behind the last one */
  onNext: () => void
  onGo: (step: VisitStep) => void
  onBack: () => void
  onLeave: () => void
  /** the house does not want it: nothing of it stays */
  onForget: () => void
}

const Onward = ({ step, value, busy, onNext, onForget }: VisitPageProps) => {
  const save = useSaveWords(busy, t('act.save'))
  if (step === 'agree' && value.isRefused) {
    return (
      <Button kind="danger" onClick={onForget}>
        {t('visit.forget')}
      </Button>
    )
  }
  return (
    <Button busy={busy} onClick={onNext} {...(step === 'check' && { icon: 'check' })}>
      {step === 'check' ? save : t('act.next')}
    </Button>
  )
}

export const VisitPage = (props: VisitPageProps) => {
  const { step } = props
  // whoever has everything read aloud has a bar for it already
  const { aloud } = useSettings().settings
  return (
    <Screen
      // each question is a page: its heading takes the focus
      key={step}
      title={t(`visit.${step}`)}
      aside={<IconButton icon="close" label={t('act.close')} onClick={props.onLeave} />}
      under={<VisitDots step={step} />}
      actions={
        <>
          <Button kind="ghost" icon="back" onClick={props.onBack}>
            {t('nav.back')}
          </Button>
          {!aloud && <ListenButton />}
          <Onward {...props} />
        </>
      }
    >
      <VisitFailure failure={props.failure} />
      <form
        class={`visit visit-${step}`}
        onSubmit={(event) => {
          event.preventDefault()
          props.onNext()
        }}
      >
        {props.ready &&
          (step === 'check' ? (
            <VisitCheck value={props.value} onGo={props.onGo} />
          ) : (
            <VisitQuestion {...props} step={step} />
          ))}
        <button type="submit" class="only-heard" tabIndex={-1} aria-hidden="true" />
      </form>
    </Screen>
  )
}
