/** Which of how many questions this is: dots for the eye, «٢ من ٧» for whoever listens. */

import { t } from '../../i18n/translate.ts'
import { type VisitStep, visitSteps } from './visit-value.ts'

export const VisitDots = ({ step }: { step: VisitStep }) => {
  const at = visitSteps.indexOf(step)
  return (
    <div class="visit-dots" role="img" aria-label={t('visit.at', { done: at + 1, total: visitSteps.length })}>
      {visitSteps.map((name, i) => (
        <span key={name} class={i < at ? 'past' : i === at ? 'here' : ''} />
      ))}
    </div>
  )
}
