/** What one can also do about a need, at the end of its page: tell others, let it go, correct it, cancel it. */

import { Button } from '../../components/button.tsx'
import { useIsHidden } from '../../hooks/use-hidings.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { t } from '../../i18n/translate.ts'
import { share } from '../share.ts'
import { CancelNeed } from './cancel-need.tsx'
import { needMessage } from './need-message.ts'
import type { NeedPage } from './need-page.ts'

const asPicture = async (need: NeedPage['view']['need'], network: string): Promise<void> => {
  const text = needMessage(need, network)
  const parts = await import('../share-picture.ts').catch((reason: unknown) => {
    console.warn('what draws the picture did not arrive', reason)
    return null
  })
  await (parts ? parts.sharePicture(need, network, text) : share(text))
}

export const QuietActs = ({ page }: { page: NeedPage }) => {
  const { view, mine, isOpen, isPromise, mayEdit, runner } = page
  // what coordinators hid is not carried out of the network either
  const isHidden = useIsHidden(view.need) !== null
  const mayShare = isOpen && !isHidden && !view.need.confidential
  const network = useNetwork()?.name ?? ''
  return (
    <div class="acts">
      {mayShare && (
        <Button kind="quiet" icon="share" onClick={() => void share(needMessage(view.need, network))}>
          {t('act.share')}
        </Button>
      )}
      {mayShare && (
        <Button kind="quiet" icon="picture" onClick={() => void asPicture(view.need, network)}>
          {t('act.picture')}
        </Button>
      )}
      {isPromise && mine && (
        <Button
          kind="quiet"
          icon="release"
          busy={runner.busy}
          onClick={() => void runner.run({ type: 'claim.release', id: mine.claim.id })}
        >
          {t('act.release')}
        </Button>
      )}
      {mayEdit && isOpen && (
        <Button kind="quiet" icon="edit" href={`/edit/need/${view.need.id}`}>
          {t('act.edit')}
        </Button>
      )}
      {mayEdit && isOpen && <CancelNeed page={page} />}
    </div>
  )
}
