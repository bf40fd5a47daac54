/** What stands in the place of a hidden thing: that two coordinators decided so, why, and whom to ask. */

import '../components/styles/details.css'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useHidings } from '../hooks/use-hidings.ts'
import { t } from '../i18n/translate.ts'
import type { HidingView } from '../records/hiding/hiding-of.ts'
import { useNames } from './names.ts'

/** Why, and the way to those who decided. */
export const WhoHid = ({ view }: { view: HidingView }) => {
  const names = useNames()
  return (
    <>
      {view.notes.length === 0 && <p class="soft">{t('hide.noWhy')}</p>}
      {view.notes.map((why) => (
        <p key={why}>{t('hide.why', { why })}</p>
      ))}
      <p class="soft">{t('hide.talk')}</p>
      <div class="ways">
        {view.by.map((person) => (
          <Button key={person} kind="ghost" icon="person" compact href={`/member/${person}`}>
            {names.nameOf(person)}
          </Button>
        ))}
      </div>
    </>
  )
}

export const HiddenCard = ({ id }: { id: string }) => {
  const view = useHidings().get(id)
  if (!view) return null
  return (
    <Card as="section" tone="wait">
      <StatusLine icon="shield" tone="wait">
        <span class="strong">{t('hide.hidden')}</span>
      </StatusLine>
      <WhoHid view={view} />
    </Card>
  )
}
