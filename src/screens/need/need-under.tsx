/** Under the title of a need: who wrote it and when, and to its author whether it has left his phone. */

import { StateMark } from '../../components/state-mark.tsx'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedPage } from './need-page.ts'

export const NeedUnder = ({ page: { view, names, unsent, now, isAuthor } }: { page: NeedPage }) => {
  const { need } = view
  const from = isAuthor ? t('need.fromMe') : t('need.from', { name: names.nameOf(need.creator) })
  return (
    <>
      <p class="soft">
        {from} · {timeAgo(need.createdAt, now)}
      </p>
      {isAuthor && <StateMark state={unsent.has(need.id) ? 'local' : 'delivered'} />}
    </>
  )
}
