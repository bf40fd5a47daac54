/** A quiet line when a newer version is ready; never while a form holds something unsaved. */

import type { ReadonlySignal } from '@preact/signals'
import { Button } from '../components/button.tsx'
import { t } from '../i18n/translate.ts'
import type { Update } from './update.ts'

interface UpdateLineProps {
  /** null until the first screen stands */
  update: ReadonlySignal<Update | null>
  dirtyForms: ReadonlySignal<ReadonlySet<string>>
}

export const UpdateLine = ({ update, dirtyForms }: UpdateLineProps) => {
  const ready = update.value
  if (!ready?.waiting.value || dirtyForms.value.size > 0) return null
  return (
    <aside class="quiet-bar" aria-label={t('line.update')}>
      <span role="status">{t('line.update')}</span>
      <Button kind="ghost" compact onClick={ready.take}>
        {t('act.update')}
      </Button>
    </aside>
  )
}
