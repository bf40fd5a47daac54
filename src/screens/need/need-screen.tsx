/** One need: everything about it, who takes it, and what this person can do. */

import '../../components/styles/records.css'
import '../../components/styles/details.css'
import { useRoute } from 'preact-iso'
import { Badge } from '../../components/badge.tsx'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useIsHidden } from '../../hooks/use-hidings.ts'
import { useNeed } from '../../hooks/use-need.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedView } from '../../records/need/queries.ts'
import { categoryIcon, heardCategory } from '../category-words.ts'
import { type NeedAhead, useNeedAhead } from '../need-ahead.ts'
import { needTitle, urgencyTone } from '../need-words.ts'
import { HiddenCard } from '../thing-parts.ts'
import { hasActions, NeedActions } from './need-actions.tsx'
import { useNeedPage } from './need-page.ts'
import { NeedParts } from './need-parts.tsx'
import { NeedUnder } from './need-under.tsx'

const Gone = () => (
  <Screen title={t('type.need')} back="/board">
    <EmptyState
      drawing="notebook"
      title={t('need.gone')}
      action={<Button href="/board">{t('today.seeBoard')}</Button>}
    >
      {t('need.goneWhy')}
    </EmptyState>
  </Screen>
)

/** Two coordinators decided so: a sentence stands in its place. */
const Hidden = ({ id }: { id: string }) => (
  <Screen title={t('type.need')} back="/board">
    <HiddenCard id={id} />
  </Screen>
)

interface NeedFrameProps {
  need: NeedAhead
  view: NeedView | undefined
  unsent: Unsent | undefined
}

const NeedFrame = ({ need, view, unsent }: NeedFrameProps) => {
  const page = useNeedPage(need, view, unsent)
  const hidden = useIsHidden(need)
  if (hidden === 'unread') return null
  if (hidden === 'hidden') return <Hidden id={need.id} />
  return (
    <Screen
      title={needTitle(need)}
      back="/board"
      heading={
        <span class="record-heading">
          <Badge
            icon={categoryIcon(need.category)}
            tone={page?.isOpen === false ? 'plain' : urgencyTone(need.urgency)}
            label={heardCategory(need)}
          />
          <Bdi>{needTitle(need)}</Bdi>
        </span>
      }
      under={page && <NeedUnder page={page} />}
      {...(page && hasActions(page) ? { actions: <NeedActions page={page} /> } : {})}
    >
      {page && <NeedParts page={page} />}
    </Screen>
  )
}

const NeedScreen = () => {
  const { params } = useRoute()
  const id = params.id ?? ''
  const view = useNeed(id)
  const unsent = useUnsentThings()
  const ahead = useNeedAhead(id)
  if (view === null) return <Gone />
  const need = view?.need ?? ahead
  return need ? <NeedFrame key={id} need={need} view={view} unsent={unsent} /> : null
}

export default NeedScreen
