/** The four places and the large button between them, under the thumb. */

import { formatNumber, t } from '../i18n/translate.ts'
import { Icon, type IconName } from './icon.tsx'

export type Place = 'today' | 'board' | 'people' | 'network'

interface BottomBarProps {
  current: Place | null
  /** things on Today that wait for this person; no number at 0 */
  waiting?: number
  /** none where nothing can be written any more */
  onAdd: (() => void) | undefined
}

export const BottomBar = ({ current, waiting = 0, onAdd }: BottomBarProps) => {
  const place = (name: Place, icon: IconName, words: string) => (
    <li>
      <a href={`/${name}`} aria-current={current === name ? 'page' : undefined}>
        <Icon name={icon} />
        <span>{words}</span>
        {name === 'today' && waiting > 0 && <span class="dot">{formatNumber(waiting)}</span>}
      </a>
    </li>
  )
  return (
    <nav class="bottom-bar" aria-label={t('app.main')}>
      <ul>
        {place('today', 'today', t('nav.today'))}
        {place('board', 'board', t('nav.board'))}
        <li>
          {onAdd && (
            <button type="button" class="add-button" onClick={onAdd} aria-haspopup="dialog">
              <Icon name="add" size="large" />
              <span>{t('act.add')}</span>
            </button>
          )}
        </li>
        {place('people', 'people', t('nav.people'))}
        {place('network', 'network', t('nav.network'))}
      </ul>
    </nav>
  )
}
