/** On the page of a need for few: who reads it, and what its author and the coordinators can do so that help comes. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Icon } from '../components/icon.tsx'
import { showToast } from '../components/toast.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { useGivenTo } from '../hooks/use-given-to.ts'
import { t } from '../i18n/translate.ts'
import { HandDialog } from './hand-dialog.tsx'
import type { NeedPage } from './need/need-page.ts'
import { OpenDialog } from './open-dialog.tsx'

const Acts = ({ page, given }: { page: NeedPage; given: readonly string[] }) => {
  const { need, status } = page.view
  const [asking, setAsking] = useState<'hand' | 'open' | null>(null)
  const { run, busy, error } = useCommand()
  const { route } = useLocation()
  const close = () => setAsking(null)
  const hand = async (to: typeof need.creator) => {
    if (!(await run({ type: 'need.hand', id: need.id, to })).ok) return
    close()
    showToast(t('few.handed', { name: page.names.nameOf(to) }), 'saved')
  }
  const open = async () => {
    const result = await run({ type: 'need.open', id: need.id, reason: t('few.reason') })
    if (!result.ok) return
    close()
    showToast(t('few.opened'), 'saved')
    route(`/need/${result.value.recordId}`, true)
  }
  return (
    <div class="acts">
      <Button kind="ghost" icon="invite" onClick={() => setAsking('hand')}>
        {t('few.hand')}
      </Button>
      {/* whoever has promised it would be left behind */}
      {status.places.every(({ expired }) => expired) && (
        <Button kind="quiet" icon="people" onClick={() => setAsking('open')}>
          {t('few.open')}
        </Button>
      )}
      <HandDialog
        open={asking === 'hand'}
        without={[need.creator, ...given]}
        busy={busy}
        error={error}
        onClose={close}
        onHand={(to) => void hand(to)}
      />
      <OpenDialog
        open={asking === 'open'}
        busy={busy}
        error={error}
        onClose={close}
        onOpen={() => void open()}
      />
    </div>
  )
}

export const ConfidentialCard = ({ page }: { page: NeedPage }) => {
  const { view, names, isOpen, mayEdit } = page
  const given = useGivenTo(view.need)
  if (given === undefined) return null
  return (
    <Card as="section">
      <h2 class="card-head">
        <Icon name="lock" />
        <span>{t('few.title')}</span>
      </h2>
      <p class="soft">{t('few.readers')}</p>
      {given.length > 0 && (
        <p class="soft">{t('few.givenTo', { names: given.map(names.nameOf).join(t('few.and')) })}</p>
      )}
      {isOpen && mayEdit && <Acts page={page} given={given} />}
    </Card>
  )
}
