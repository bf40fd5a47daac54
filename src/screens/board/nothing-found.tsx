/** Nothing fits what was searched for or chosen: what may help, and the ways on. */

import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { t } from '../../i18n/translate.ts'
import { type BoardView, changeView, isSearched } from './board-view.ts'

export const NothingFound = ({ view }: { view: BoardView }) => (
  <EmptyState
    drawing="notebook"
    title={t('board.noMatch')}
    action={
      <div class="centre">
        {isSearched(view) && <Button href="/add/need">{t('act.need')}</Button>}
        <Button kind="ghost" onClick={() => changeView({ needs: {}, offers: {}, text: '' })}>
          {t('act.all')}
        </Button>
      </div>
    }
  >
    {t('board.noMatchWhy')}
  </EmptyState>
)
