/** The end of a list that goes on: reads further by itself when it comes near, or when pressed. */

import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { t } from '../../i18n/translate.ts'
import { boardView, pageRows } from './board-view.ts'

/** So far ahead of the finger that rows are there before it is. */
const nearness = '1200px'

export const MoreRows = ({ more, limit }: { more: boolean; limit: number }) => {
  const end = useRef<HTMLDivElement>(null)
  const grow = () => {
    boardView.value = { ...boardView.peek(), limit: limit + pageRows }
  }
  useEffect(() => {
    if (!end.current || !more) return
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) grow()
      },
      { rootMargin: nearness },
    )
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [more, limit])
  return more ? (
    <div ref={end} class="more-rows">
      <Button kind="quiet" onClick={grow}>
        {t('board.more')}
      </Button>
    </div>
  ) : null
}
