/** After a need is saved at a door: another one there, the next house, or the end. */

import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { Screen } from '../../components/screen.tsx'
import type { Failure } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { QuickLine, type SavedInRow } from '../quick-line.tsx'
import { VisitFailure } from './visit-failure.tsx'

interface VisitSavedProps {
  /** of this visit, the last one at the end; empty when it was opened again after a fall */
  row: readonly SavedInRow[]
  busy: boolean
  /** why the last one could not be taken back */
  failure: Failure | null
  onTakeBack: () => void
  onSameHouse: () => void
  onNextHouse: () => void
  onEnd: () => void
}

export const VisitSaved = (props: VisitSavedProps) => (
  <Screen
    title={t('state.saved')}
    under={
      props.row.length > 0 && <QuickLine row={props.row} busy={props.busy} onTakeBack={props.onTakeBack} />
    }
    actions={
      <Button kind="ghost" wide icon="check" onClick={props.onEnd}>
        {t('visit.end')}
      </Button>
    }
  >
    <VisitFailure failure={props.failure} />
    <div class="visit centre">
      <Drawing name="door" />
      <Button wide icon="add" onClick={props.onSameHouse}>
        {t('visit.sameHouse')}
      </Button>
      <Button wide icon="visit" onClick={props.onNextHouse}>
        {t('visit.nextHouse')}
      </Button>
    </div>
  </Screen>
)
