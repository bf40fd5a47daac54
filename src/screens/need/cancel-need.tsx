/** The button that cancels a need, with its question. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import type { NeedPage } from './need-page.ts'

export const CancelNeed = ({ page: { view, names } }: { page: NeedPage }) => {
  const [asking, setAsking] = useState(false)
  const { run, busy, error } = useCommand()
  const { id } = view.need
  const takers = view.status.places.filter(
    ({ claim, place, expired }) => place === 'covering' && !expired && claim.creator !== names.me,
  )
  const cancel = async (reason: string) => {
    const result = await run({ type: 'need.cancel', id, reason })
    if (!result.ok) return
    setAsking(false)
    showToast(t('need.cancelDone'))
  }
  return (
    <>
      <Button kind="danger" icon="close" onClick={() => setAsking(true)}>
        {t('act.cancelNeed')}
      </Button>
      <CancelDialog
        open={asking}
        takenBy={takers.map(({ claim }) => names.nameOf(claim.creator))}
        busy={busy}
        error={fieldError(error, 'reason') ?? (error ? errorWords(error) : undefined)}
        onClose={() => setAsking(false)}
        onCancel={(reason) => void cancel(reason)}
      />
    </>
  )
}
